import type { VerdictStatus } from '../generated/prisma/client.js'
import type { FailureClass, WebsiteStatus } from '../protocol/tick.js'
import type { Sql } from '../store/store.js'

/** What one validator said about one website in the round that is being closed. */
export interface ClosingAnswer {
  validatorNo: number
  status: WebsiteStatus
  failure: FailureClass | null
  /** Of the whole check, in microseconds; null when there is none. */
  latencyUs: number | null
  /** Its network seemed to be offline itself, so that it had no vote. */
  setAside: boolean
}

/** A website as the closing finds it. */
export interface ClosingWebsite {
  no: number
  id: string
  userId: string
  name: string
  url: string
  /** Verdicts in a run that open an incident, and that end it. */
  badToOpen: number
  goodToClose: number
}

/** One website's verdict, with what the later rooms make of it. */
export interface ClosingVerdict {
  website: ClosingWebsite
  status: VerdictStatus
  inMaintenance: boolean
  /** The time that it stands for begins so many milliseconds after the round's instant and never overlaps another's. */
  startsAfterMs: number
  lastsMs: number
  /** Bad answers by class, in the order of `FAILURE_CLASSES`; empty when there are none. */
  failures: readonly number[]
  /** Of every Good tick, in microseconds. */
  goodLatenciesUs: readonly number[]
  /** Taken apart when asked for: a large round has a million of them. In the order of the validators' numbers. */
  answers(): ClosingAnswer[]
}

/** A round that is being closed. Its answers cannot change any more. */
export interface RoundClosing {
  /** Unix milliseconds, as every instant here. */
  roundAt: number
  deadlineAt: number
  intervalMs: number
  /** When it is being closed. */
  closedAt: number
  /** Of the websites that are enabled at the close, in the order of their numbers. */
  verdicts: readonly ClosingVerdict[]
}

/**
 * What a later room does about a round, in the transaction that closes it: it happens once or not at all. Rounds are
 * closed in the order of their instants, one at a time.
 */
export type ClosingStep = (sql: Sql, closing: RoundClosing) => Promise<void>
