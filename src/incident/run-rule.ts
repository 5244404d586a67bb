import type { VerdictStatus } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'

/** A Bad run that begins this soon after an incident was closed reopens it. */
export const REOPEN_WITHIN_MS = 600_000

/** Equal verdicts in a row. Instants are Unix milliseconds. */
export interface Run {
  status: WebsiteStatus
  /** Counted only until an incident opens or closes. */
  length: number
  startedAt: number
}

export interface RunState {
  run: Run
  openIncidentId: string | null
  /** The incident closed last, while a new run would still reopen it; `closedAt` is the round that closed it. */
  lastClosed: { incidentId: string; closedAt: number } | null
}

export interface RunVerdict {
  roundAt: number
  status: VerdictStatus
  inMaintenance: boolean
  badToOpen: number
  goodToClose: number
}

/** `next` is the state afterwards; null when nothing need be remembered. */
export type RunStep =
  | { kind: 'nothing' }
  | { kind: 'count'; next: RunState | null }
  | { kind: 'open' | 'reopen'; incidentId: string; startedAt: number; next: RunState }
  | { kind: 'close'; incidentId: string; endedAt: number; next: RunState }

/** How a verdict advances a run. Inconclusive ones and those in maintenance neither count nor break it. */
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

/** A Good verdict while all is well; an incident is forgotten once no run can reopen it. */
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
