import type { VerdictStatus } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'

const TURNS_MAX = 2

/** What a website is now: null when its newest verdict is Inconclusive, or more than two of its turns and a deadline old. */
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
