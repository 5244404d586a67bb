import { TASK_TIMEOUT_MARGIN_MS, TICKS_PER_BATCH_MAX } from '../../protocol/limits.js'

const QUIET_MS = 250
const FLUSH_WITHIN_MS = 1000

export interface Waiting {
  count: number
  firstAt: number
  lastAt: number
  /** The first deadline of all that wait. */
  deadlineAt: number
  more: 'EXPECTED' | 'NONE'
}

/** An instant that is past means now. */
export function flushTime({ count, firstAt, lastAt, deadlineAt, more }: Waiting): number {
  if (count >= TICKS_PER_BATCH_MAX || more === 'NONE') return firstAt
  return Math.min(lastAt + QUIET_MS, firstAt + FLUSH_WITHIN_MS, deadlineAt - TASK_TIMEOUT_MARGIN_MS)
}
