import type { Sql } from '../store/store.js'
import type { RunState } from './run-rule.js'

const WRITE_RUNS = `
INSERT INTO "WebsiteRun" ("websiteNo", status, length, "startedAt", "openIncidentId", "lastIncidentId", "lastClosedAt")
SELECT no, status::"WebsiteStatus", length, to_timestamp(started_ms / 1000.0), open_id, last_id,
  to_timestamp(closed_ms / 1000.0)
FROM unnest($1::int[], $2::text[], $3::smallint[], $4::bigint[], $5::uuid[], $6::uuid[], $7::bigint[])
  AS u(no, status, length, started_ms, open_id, last_id, closed_ms)
ON CONFLICT ("websiteNo") DO UPDATE SET status = excluded.status, length = excluded.length,
  "startedAt" = excluded."startedAt", "openIncidentId" = excluded."openIncidentId",
  "lastIncidentId" = excluded."lastIncidentId", "lastClosedAt" = excluded."lastClosedAt"`

/** Stores the runs of websites by their numbers; null forgets. */
export async function writeRuns(sql: Sql, states: ReadonlyMap<number, RunState | null>): Promise<void> {
  const kept = [...states].flatMap(([no, state]) => (state === null ? [] : [{ no, ...state }]))
  const forgotten = [...states].flatMap(([no, state]) => (state === null ? [no] : []))
  if (kept.length > 0) {
    await sql.query(WRITE_RUNS, [
      kept.map(({ no }) => no),
      kept.map(({ run }) => run.status),
      kept.map(({ run }) => run.length),
      kept.map(({ run }) => run.startedAt),
      kept.map(({ openIncidentId }) => openIncidentId),
      kept.map(({ lastClosed }) => lastClosed?.incidentId ?? null),
      kept.map(({ lastClosed }) => lastClosed?.closedAt ?? null),
    ])
  }
  if (forgotten.length > 0) await sql.query(`DELETE FROM "WebsiteRun" WHERE "websiteNo" = ANY($1::int[])`, [forgotten])
}
