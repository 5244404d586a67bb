import { TICKS_PER_BATCH_MAX } from '../../protocol/limits.js'

/** How long after the last answer a batch waits for one more, in milliseconds. */
const QUIET_MS = 250
/** How long the first answer of a batch waits at most, in milliseconds. */
const FLUSH_WITHIN_MS = 1000

/** What waits to be sent. Instants are Unix milliseconds. */
export interface Waiting {
  count: number
  firstAt: number
  lastAt: number
  /** Whether another answer is still to come. */
  more: 'EXPECTED' | 'NONE'
}

/** When what waits is to be sent; an instant that is past means now. */
export function flushTime({ count, firstAt, lastAt, more }: Waiting): number {
  if (count >= TICKS_PER_BATCH_MAX || more === 'NONE') return firstAt
  return Math.min(lastAt + QUIET_MS, firstAt + FLUSH_WITHIN_MS)
}
