/**
 * What a try came to.
 * - DELIVERED: taken.
 * - GONE: the receiver wants nothing more, ever.
 * - REFUSED: the receiver is there and does not take this message.
 * - UNREACHABLE: the receiver takes nothing at this moment.
 * - STOPPED: the hub ended before there was an answer.
 */
export type Verdict = 'DELIVERED' | 'GONE' | 'REFUSED' | 'UNREACHABLE' | 'STOPPED'

/** Below 500, and yet no word on the message itself: time-out, too early, too many requests. */
export const PASSING_STATUSES = [408, 425, 429] as const

export function judgeStatus(httpStatus: number): Exclude<Verdict, 'STOPPED'> {
  if (httpStatus >= 200 && httpStatus <= 299) return 'DELIVERED'
  if (httpStatus === 410) return 'GONE'
  const isPassing = (PASSING_STATUSES as readonly number[]).includes(httpStatus)
  return httpStatus >= 300 && httpStatus <= 499 && !isPassing ? 'REFUSED' : 'UNREACHABLE'
}

/** Why an answer was not enough, for the delivery log; null when it was. */
export function statusError(httpStatus: number): string | null {
  const verdict = judgeStatus(httpStatus)
  if (verdict === 'DELIVERED') return null
  const answered = `The receiver answered with status ${httpStatus}`
  if (verdict === 'GONE') return `${answered}: it wants no more messages, so the webhook was turned off.`
  if (httpStatus >= 300 && httpStatus <= 399) {
    return `${answered}: redirects are not followed; make a webhook with the URL that it leads to.`
  }
  return `${answered}; any from 200 to 299 would have counted as delivered.`
}
