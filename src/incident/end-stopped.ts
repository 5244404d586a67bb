import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { lockIncidents } from './lock-incidents.js'
import { readRuns, type StoredRun } from './read-runs.js'
import type { IncidentChange } from './incident-change.js'
import { writeChanges, type Writing } from './write-changes.js'
import { writeRuns } from './write-runs.js'

export interface ChangedIncident {
  incidentId: string
  websiteId: string
  userId: string
}

/** Ends incidents of websites disabled or deleted since, as of then, and forgets their runs. Returns those it ended. */
export async function endStopped({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<ChangedIncident[]> {
  return store.transaction(async (sql) => {
    await lockIncidents(sql)
    return stopRuns(sql, await readRuns(sql), { writtenAt: clock.now(), roundAt: null })
  })
}

/** As `endStopped`, for runs read under the lock. */
export async function stopRuns(sql: Sql, runs: readonly StoredRun[], writing: Writing): Promise<ChangedIncident[]> {
  const stopped = runs.filter((run) => run.stopped !== null)
  if (stopped.length === 0) return []
  const changes = stopped.flatMap(toChange)
  await writeRuns(sql, new Map(stopped.map(({ website }) => [website.no, null])))
  await writeChanges(sql, changes, writing)
  return changes.map(({ incidentId, website }) => ({ incidentId, websiteId: website.id, userId: website.userId }))
}

function toChange({ website, state, stopped }: StoredRun): IncidentChange[] {
  if (state.openIncidentId === null || stopped === null) return []
  const { at, end } = stopped
  return [{ kind: 'CLOSED', incidentId: state.openIncidentId, website, at, seen: null, endedAt: at, closedAt: at, end }]
}
