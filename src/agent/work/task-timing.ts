import { TASK_TIMEOUT_MARGIN_MS } from '../../protocol/limits.js'

/** What this agent thinks a fair try, in milliseconds, when its own lateness has eaten up the time. */
const FAIR_TRY_MS = 1000

/** Instants in Unix milliseconds by the hub's clock. */
export interface TaskTimes {
  /** When the check is to begin. */
  startAt: number
  deadlineAt: number
  /** What the website allows. */
  checkTimeoutMs: number
}

/**
 * How long a check that begins at `now` may take, in milliseconds: the least of what its website allows and of what is left to the deadline
 * less the time to sign and send (PROTOCOL §4). `null` when there is no time left: no answer is sent then.
 */
export function taskTimeoutMs(times: TaskTimes, now: number): number | null {
  const timeoutMs = timeoutFrom(times, now)
  if (timeoutMs < 1) return null
  // A backlog or a lost connection of ours must not show as a timeout of the website.
  return timeoutMs < Math.min(FAIR_TRY_MS, timeoutFrom(times, times.startAt) / 2) ? null : timeoutMs
}

function timeoutFrom({ deadlineAt, checkTimeoutMs }: TaskTimes, start: number): number {
  return Math.min(checkTimeoutMs, Math.floor(deadlineAt - start - TASK_TIMEOUT_MARGIN_MS))
}
