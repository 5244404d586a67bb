import type { VerdictStatus } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'

/** A Bad run that begins so soon after an incident was closed reopens it, in milliseconds: 10 minutes. */
export const REOPEN_WITHIN_MS = 600_000

/** Equal verdicts in a row. Instants are Unix milliseconds. */
export interface Run {
  status: WebsiteStatus
  /** Counted as far as it matters: until an incident opens or closes, and not at all while all is well. */
  length: number
  /** The round of its first verdict. */
  startedAt: number
}

/** What of a website's verdicts so far decides on its incidents. */
export interface RunState {
  run: Run
  openIncidentId: string | null
  /** The incident that was closed last, while a new run would still reopen it, and the round whose verdict closed it. */
  lastClosed: { incidentId: string; closedAt: number } | null
}

export interface RunVerdict {
  roundAt: number
  status: VerdictStatus
  inMaintenance: boolean
  /** Verdicts in a run that open an incident, and that end it; at least 1 each. */
  badToOpen: number
  goodToClose: number
}

/** What a verdict does: `next` is the state after it, null for a website of which nothing need be remembered. */
export type RunStep =
  | { kind: 'nothing' }
  | { kind: 'count'; next: RunState | null }
  /** `startedAt` is the first Bad of the run. */
  | { kind: 'open' | 'reopen'; incidentId: string; startedAt: number; next: RunState }
  /** `endedAt` is the first Good of the run. */
  | { kind: 'close'; incidentId: string; endedAt: number; next: RunState }

/**
 * How a verdict advances a website's run, in the order of the rounds. Inconclusive ones and those in maintenance neither
 * count nor break a run: nobody can say whether the website was up.
 * @param state null when nothing is remembered.
 * @param newIncidentId the id that an incident gets if this verdict opens one.
 */
export function advanceRun(state: RunState | null, verdict: RunVerdict, newIncidentId: string): RunStep {
  if (verdict.inMaintenance || verdict.status === 'Inconclusive') return { kind: 'nothing' }
  if (state !== null && state.openIncidentId !== null) return advanceOpen(state, state.openIncidentId, verdict)
  return verdict.status === 'Bad' ? countBad(state, verdict, newIncidentId) : countGood(state, verdict)
}

function advanceOpen(state: RunState, incidentId: string, verdict: RunVerdict): RunStep {
  const run = continueRun(state.run, verdict)
  if (run.status === 'Bad') return state.run.status === 'Bad' ? { kind: 'nothing' } : count({ ...state, run })
  if (run.length < verdict.goodToClose) return count({ ...state, run })
  const lastClosed = { incidentId, closedAt: verdict.roundAt }
  return { kind: 'close', incidentId, endedAt: run.startedAt, next: { run, openIncidentId: null, lastClosed } }
}

function countBad(state: RunState | null, verdict: RunVerdict, newIncidentId: string): RunStep {
  const run = continueRun(state?.run ?? null, verdict)
  const last = state?.lastClosed ?? null
  const lastClosed = last !== null && run.startedAt - last.closedAt <= REOPEN_WITHIN_MS ? last : null
  if (run.length < verdict.badToOpen) return count({ run, openIncidentId: null, lastClosed })
  const incidentId = lastClosed?.incidentId ?? newIncidentId
  const next = { run, openIncidentId: incidentId, lastClosed: null }
  return { kind: lastClosed === null ? 'open' : 'reopen', incidentId, startedAt: run.startedAt, next }
}

/** While all is well a Good verdict changes nothing; what is remembered of an incident goes once no run can reopen it. */
function countGood(state: RunState | null, verdict: RunVerdict): RunStep {
  if (state === null) return { kind: 'nothing' }
  const { run, lastClosed } = state
  if (lastClosed === null || verdict.roundAt - lastClosed.closedAt >= REOPEN_WITHIN_MS) return count(null)
  return run.status === 'Good' ? { kind: 'nothing' } : count({ ...state, run: continueRun(run, verdict) })
}

function continueRun(run: Run | null, { status, roundAt }: RunVerdict): Run {
  const counted = status === 'Bad' ? 'Bad' : 'Good'
  if (run?.status === counted) return { ...run, length: run.length + 1 }
  return { status: counted, length: 1, startedAt: roundAt }
}

function count(next: RunState | null): RunStep {
  return { kind: 'count', next }
}
