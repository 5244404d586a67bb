import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.js'

/** Between attempts; after the last one a message is abandoned. */
export const RETRY_WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** Longest extension of a wait, as a part of it: what failed together is not retried together. */
const JITTER = 0.1

export interface FailedTry {
  /** Of the message, as Unix milliseconds. */
  createdAt: number
  startedAt: number
  endedAt: number
  random: number
}

/** By the message's age, not its attempts: one out of turn, because of a new message, uses nothing up. Null: abandon. */
export function nextTryAt({ createdAt, startedAt, endedAt, random }: FailedTry): number | null {
  const age = startedAt - createdAt
  let offset = 0
  for (const wait of RETRY_WAITS_MS) {
    offset += wait
    if (offset > age) return endedAt + Math.round((offset - age) * (1 + random * JITTER))
  }
  return null
}
