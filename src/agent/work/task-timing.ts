import { TASK_TIMEOUT_MARGIN_MS } from '../../protocol/limits.js'

/** A fair try, when the agent's own lateness has eaten up the time. */
const FAIR_TRY_MS = 1000

export interface TaskTimes {
  startAt: number
  deadlineAt: number
  checkTimeoutMs: number
}

/** What the website allows, or what is left to the deadline less the time to sign and send (PROTOCOL §4). `null`: no answer is sent. */
export function taskTimeoutMs(times: TaskTimes, now: number): number | null {
  const timeoutMs = timeoutFrom(times, now)
  if (timeoutMs < 1) return null
  // A backlog of ours must not show as a timeout of the website.
  return timeoutMs < Math.min(FAIR_TRY_MS, timeoutFrom(times, times.startAt) / 2) ? null : timeoutMs
}

function timeoutFrom({ deadlineAt, checkTimeoutMs }: TaskTimes, start: number): number {
  return Math.min(checkTimeoutMs, Math.floor(deadlineAt - start - TASK_TIMEOUT_MARGIN_MS))
}
