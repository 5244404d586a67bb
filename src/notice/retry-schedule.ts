import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.js'

/** The waits between the tries to deliver a message that its receiver does not take. Behind the last it is given up. */
export const RETRY_WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** By how much of itself a wait may be longer, so that what failed together is not tried together again. */
const JITTER = 0.1

export interface FailedTry {
  /** When the message was made, and when this try began and ended, in Unix milliseconds. */
  createdAt: number
  startedAt: number
  endedAt: number
  /** From 0 to below 1. */
  random: number
}

/**
 * When a message is tried again, in Unix milliseconds; null when it is given up. It goes by the age of the message and not by
 * the number of tries: a try out of turn, because there is news for the same receiver, uses nothing up.
 */
export function nextTryAt({ createdAt, startedAt, endedAt, random }: FailedTry): number | null {
  const age = startedAt - createdAt
  let offset = 0
  for (const wait of RETRY_WAITS_MS) {
    offset += wait
    if (offset > age) return endedAt + Math.round((offset - age) * (1 + random * JITTER))
  }
  return null
}
