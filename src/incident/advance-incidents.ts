import type { Sql } from '../store/store.js'
import type { ClosingStep, ClosingVerdict, RoundClosing } from '../verdict/round-closing.js'
import { stopRuns } from './end-stopped.js'
import { lockIncidents } from './lock-incidents.js'
import { findStoppedSince, readRuns } from './read-runs.js'
import { advanceRun, type RunState, type RunStep } from './run-rule.js'
import { commonestFailure } from './sightings.js'
import { timelineId } from './timeline-id.js'
import { type IncidentChange, writeChanges } from './write-changes.js'
import { writeRuns } from './write-runs.js'

type Advance = { verdict: ClosingVerdict; step: Exclude<RunStep, { kind: 'nothing' }> }

/**
 * Advances the runs of a round's websites and opens, reopens and closes their incidents. The number of its statements
 * does not depend on that of the websites, and where all is well none of them writes.
 */
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
  const changes = advances.flatMap(({ verdict, step }) => toChange(closing, verdict, step))
  await writeChanges(sql, changes, writing)
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

/** A round that began before its website was disabled starts no run, when the website is enabled again by its close. */
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

function toChange(
  { roundAt, closedAt }: RoundClosing,
  verdict: ClosingVerdict,
  step: Advance['step'],
): IncidentChange[] {
  if (step.kind === 'count') return []
  const change = { incidentId: step.incidentId, website: verdict.website, at: closedAt, answers: verdict.answers() }
  switch (step.kind) {
    case 'open':
      return [{ ...change, kind: 'OPENED', startedAt: step.startedAt, failure: commonestFailure(verdict.failures) }]
    case 'reopen':
      return [{ ...change, kind: 'REOPENED', failure: commonestFailure(verdict.failures) }]
    case 'close':
      return [{ ...change, kind: 'CLOSED', endedAt: step.endedAt, closedAt: roundAt, end: 'RECOVERED' }]
  }
}
