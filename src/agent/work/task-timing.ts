import { TASK_TIMEOUT_MARGIN_MS } from '../../protocol/limits.js'

export interface TaskTimes {
  /** As planned by the hub, not when the check begins. */
  startAt: number
  deadlineAt: number
  checkTimeoutMs: number
}

/** The latest end of a check: what then is left must do for signing and sending. */
export function latestEnd(deadlineAt: number): number {
  return deadlineAt - TASK_TIMEOUT_MARGIN_MS / 2
}

/**
 * The time that a check had at its planned start: what the website allows, or what is left to the deadline (PROTOCOL §4).
 * `null` where it can no longer have all of it: with less, our lateness would show as the website's time-out.
 */
export function taskTimeoutMs({ startAt, deadlineAt, checkTimeoutMs }: TaskTimes, now: number): number | null {
  const timeoutMs = Math.min(checkTimeoutMs, Math.floor(deadlineAt - startAt - TASK_TIMEOUT_MARGIN_MS))
  return timeoutMs >= 1 && now + timeoutMs <= latestEnd(deadlineAt) ? timeoutMs : null
}
