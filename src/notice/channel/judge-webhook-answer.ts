import type { AttemptOutcome } from '../../generated/prisma/client.js'

/** `error` is null when it was delivered. */
export interface Judgement {
  outcome: Exclude<AttemptOutcome, 'STOPPED'>
  error: string | null
}

/** Below 500, yet not about the message itself: timeout, too early, too many requests. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429])

export function judgeWebhookAnswer(httpStatus: number): Judgement {
  const outcome = outcomeOf(httpStatus)
  return { outcome, error: errorOf(outcome, httpStatus) }
}

function outcomeOf(httpStatus: number): Judgement['outcome'] {
  if (httpStatus >= 200 && httpStatus <= 299) return 'DELIVERED'
  if (httpStatus === 410) return 'GONE'
  return httpStatus >= 300 && httpStatus <= 499 && !PASSING_STATUSES.has(httpStatus) ? 'REFUSED' : 'UNREACHABLE'
}

function errorOf(outcome: Judgement['outcome'], httpStatus: number): string | null {
  if (outcome === 'DELIVERED') return null
  const answered = `The receiver answered with status ${httpStatus}`
  if (outcome === 'GONE') return `${answered}: it wants no more messages, so the webhook was turned off.`
  if (httpStatus >= 300 && httpStatus <= 399) {
    return `${answered}: redirects are not followed; make a webhook with the URL that it leads to.`
  }
  return `${answered}; any from 200 to 299 would have counted as delivered.`
}
