import type { Check } from '../protocol/check.js'

/** One website to check for one validator in one round: what an event of `tasks` is made of. */
export interface ValidateTask {
  callbackId: string
  websiteId: string
  url: string
  roundAt: Date
  startAfterMs: number
  deadlineAt: Date
  check: Check
}

/** A validator's tasks of one round, made as they are taken, so that no more exist than a socket can carry. */
export interface TaskSource {
  roundAt: number
  deadlineAt: number
  /** The next tasks, at most TASKS_PER_EVENT_MAX; empty when all are given out. */
  next(): ValidateTask[]
}
