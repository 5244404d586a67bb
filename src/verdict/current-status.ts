import type { VerdictStatus } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'

/** A verdict that lies back further than so many of the website's turns says nothing of now. */
const TURNS_MAX = 2

/**
 * What a website is now by its newest verdict: null when that is Inconclusive, or lies back more than two of the
 * website's turns and a deadline, for then nobody checks it.
 * @param now in Unix milliseconds.
 */
export function currentStatus(
  newest: { status: VerdictStatus; roundAt: Date },
  everyRounds: number,
  lastClosed: { roundAt: Date; deadlineAt: Date; intervalMs: number },
  now: number,
): WebsiteStatus | null {
  const deadlineMs = lastClosed.deadlineAt.getTime() - lastClosed.roundAt.getTime()
  if (now - newest.roundAt.getTime() > TURNS_MAX * everyRounds * lastClosed.intervalMs + deadlineMs) return null
  return newest.status === 'Inconclusive' ? null : newest.status
}
