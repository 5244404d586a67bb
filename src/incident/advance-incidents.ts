import type { Sql } from '../store/store.js'
import { inSlices } from '../store/in-slices.js'
import type { ClosingStep, ClosingVerdict, RoundClosing } from '../verdict/round-closing.js'
import { stopRuns } from './end-stopped.js'
import { lockIncidents } from './lock-incidents.js'
import { findStoppedSince, readRuns } from './read-runs.js'
import { advanceRun, type RunState, type RunStep } from './run-rule.js'
import { commonestFailure, summarizeSightings } from './sightings.js'
import { timelineId } from './timeline-id.js'
import type { IncidentChange } from './incident-change.js'
import { writeChanges } from './write-changes.js'
import { writeRuns } from './write-runs.js'

/** Websites per turn of the event loop: with 200 validators each that is a few milliseconds. */
const WEBSITES_PER_TURN = 50

type Advance = { verdict: ClosingVerdict; step: Exclude<RunStep, { kind: 'nothing' }> }

/** Opens, reopens and closes incidents: in a fixed number of statements, none of which writes where all is well. */
export const advanceIncidents: ClosingStep = async (sql, closing) => {
  const { roundAt, closedAt } = closing
  const writing = { writtenAt: closedAt, roundAt }
  await lockIncidents(sql)
  const runs = await readRuns(sql)
  // The changes first: a run that was ended before must not go on.
  await stopRuns(sql, runs, writing)
  const lasting = runs.filter((run) => run.stopped === null)
  const states = new Map(lasting.map(({ website, state }) => [website.no, state]))
  const advances = await leaveOutStopped(sql, closing, states, advanceAll(closing, states))
  await writeRuns(sql, new Map(advances.map(({ verdict, step }) => [verdict.website.no, step.next])))
  await writeChanges(sql, await toChanges(closing, advances), writing)
}

function advanceAll({ verdicts, roundAt, closedAt }: RoundClosing, states: ReadonlyMap<number, RunState>): Advance[] {
  return verdicts.flatMap((verdict) => {
    const { website, status, inMaintenance } = verdict
    const { badToOpen, goodToClose } = website
    const step = advanceRun(
      states.get(website.no) ?? null,
      { roundAt, status, inMaintenance, badToOpen, goodToClose },
      timelineId(closedAt, roundAt),
    )
    return step.kind === 'nothing' ? [] : [{ verdict, step }]
  })
}

/** A round that began before its website was disabled starts no run, even if the website is enabled again by now. */
async function leaveOutStopped(
  sql: Sql,
  { roundAt }: RoundClosing,
  states: ReadonlyMap<number, RunState>,
  advances: Advance[],
): Promise<Advance[]> {
  const starting = advances.filter(({ verdict }) => !states.has(verdict.website.no))
  if (starting.length === 0) return advances
  const websiteIds = starting.map(({ verdict }) => verdict.website.id)
  const stopped = await findStoppedSince(sql, websiteIds, roundAt)
  return advances.filter(({ verdict }) => states.has(verdict.website.no) || !stopped.has(verdict.website.id))
}

/** In turns of the event loop: when everything goes down, every website has the answers of all validators. */
async function toChanges(closing: RoundClosing, advances: readonly Advance[]): Promise<IncidentChange[]> {
  const changes: IncidentChange[] = []
  for (const slice of inSlices(advances, WEBSITES_PER_TURN)) {
    changes.push(...slice.flatMap((advance) => toChange(closing, advance)))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return changes
}

function toChange({ roundAt, closedAt }: RoundClosing, { verdict, step }: Advance): IncidentChange[] {
  if (step.kind === 'count') return []
  const { website, failures } = verdict
  const seen = summarizeSightings(verdict.answers())
  const change = { incidentId: step.incidentId, website, at: closedAt, seen }
  switch (step.kind) {
    case 'open':
      return [{ ...change, kind: 'OPENED', startedAt: step.startedAt, failure: commonestFailure(failures) }]
    case 'reopen':
      return [{ ...change, kind: 'REOPENED', failure: commonestFailure(failures) }]
    case 'close':
      return [{ ...change, kind: 'CLOSED', endedAt: step.endedAt, closedAt: roundAt, end: 'RECOVERED' }]
  }
}
