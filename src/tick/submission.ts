import type { Callback } from '../round/callback-id.js'
import type { Measurement } from '../protocol/tick.js'

/** A signature that carried ticks. */
export interface Submission {
  validatorNo: number
  /** The statement's hub line. */
  hub: string
  /** Unix milliseconds. */
  receivedAt: number
  /** A batch statement was signed; else the single tick statement. */
  batch: boolean
  signature: Buffer
  /** The leaf hashes of all its ticks, in the order sent. */
  leaves: readonly Buffer[]
}

/** A tick that only its storing can still refuse: form, callback, signature and fields are right. */
export interface SoundTick {
  submission: Submission
  callback: Callback
  measurement: Measurement
  /** Position of its leaf in the submission. */
  leafIndex: number
  /** Arrived after its deadline: only a repeat of what is stored can still succeed. */
  late: boolean
}

/**
 * What storing made of a tick. `REPEATED`: the same statement was stored before, and counts as accepted.
 * `UNSTORABLE`: the database would not have this row at all, which a check before it should have found.
 */
export type StoredOutcome = 'STORED' | 'REPEATED' | 'CONFLICT' | 'LATE' | 'UNSTORABLE'
