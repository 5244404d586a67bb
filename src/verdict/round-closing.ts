import type { VerdictStatus } from '../generated/prisma/client.js'
import type { FailureClass, WebsiteStatus } from '../protocol/tick.js'
import type { Sql } from '../store/store.js'

export interface ClosingAnswer {
  validatorNo: number
  status: WebsiteStatus
  failure: FailureClass | null
  latencyUs: number | null
  /** Its network seemed to be offline itself, so that it had no vote. */
  setAside: boolean
}

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

export interface ClosingVerdict {
  website: ClosingWebsite
  status: VerdictStatus
  inMaintenance: boolean
  /** The time that it stands for begins so many milliseconds after the round's instant and never overlaps another's. */
  startsAfterMs: number
  lastsMs: number
  failures: readonly number[]
  goodLatenciesUs: readonly number[]
  /** Taken apart when asked for: a large round has a million of them. In the order of the validators' numbers. */
  answers(): ClosingAnswer[]
}

export interface RoundClosing {
  roundAt: number
  deadlineAt: number
  intervalMs: number
  closedAt: number
  verdicts: readonly ClosingVerdict[]
}

/** What a later room does about a round, in the transaction that closes it. Rounds are closed in order, one at a time. */
export type ClosingStep = (sql: Sql, closing: RoundClosing) => Promise<void>
