import type { Sql } from '../store/store.js'
import type { SoundTick } from './submission.js'

/** Instants of the rounds that are being counted, or were, so that they take no more answers. */
export async function findSealed(sql: Sql, ticks: readonly SoundTick[]): Promise<ReadonlySet<number>> {
  const inTime = ticks.filter(({ late }) => !late)
  if (inTime.length === 0) return new Set()
  const rows = await sql.query<{ roundAt: Date }>(
    `SELECT "roundAt" FROM "Round" WHERE "roundAt" = ANY($1::timestamptz[]) AND "sealedAt" IS NOT NULL`,
    [[...new Set(inTime.map(({ callback }) => callback.roundAt))].map((roundAt) => new Date(roundAt))],
  )
  return new Set(rows.map(({ roundAt }) => roundAt.getTime()))
}
