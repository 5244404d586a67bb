import type { Callback } from '../round/callback-id.js'
import type { Measurement } from '../protocol/tick.js'

export interface Submission {
  validatorNo: number
  hub: string
  receivedAt: number
  /** Else the single tick statement was signed. */
  batch: boolean
  signature: Buffer
  leaves: readonly Buffer[]
}

/** A tick that only its storing can still refuse. */
export interface SoundTick {
  submission: Submission
  callback: Callback
  measurement: Measurement
  leafIndex: number
  /** Arrived after its deadline: only a repeat of what is stored can still succeed. */
  late: boolean
}

/**
 * `REPEATED` was stored before and counts as accepted. `UNSTORABLE`: a check before it should have found what the
 * database will not have.
 */
export type StoredOutcome = 'STORED' | 'REPEATED' | 'CONFLICT' | 'LATE' | 'UNSTORABLE'
