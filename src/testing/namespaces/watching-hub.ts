import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { DEFAULT_CHECK } from '../../protocol/check.js'
import type { Sql } from '../../store/store.js'
import { createSteppingClock, type SteppingClock } from '../stepping-clock.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import type { TestTemplate } from '../test-template.js'
import type { SmallWebsite } from './websites.js'

export interface SignedTick {
  /** The validator's label. */
  by: string
  url: string
  roundAt: Date
  status: 'Good' | 'Bad'
  failure: string | null
  detail: string | null
}

/** A hub with rounds of 5 s by its own schedule. */
export interface WatchingHub extends Omit<TestHub, 'clock'> {
  clock: SteppingClock
  /** Resolves when the `count`th round that began at `from` or later is closed; hands back its instant. */
  untilClosed(from: number, count: number): Promise<number>
  /** Rounds that are closed, from an instant on. */
  readTicks(from: number): Promise<SignedTick[]>
}

const ROUND_MS = 5_000
const TICKS = `
  SELECT v.label AS by, w.url, t."roundAt", t.status, t.failure, t.detail FROM "WebsiteTick" t
  JOIN "Website" w ON w.no = t."websiteNo" JOIN "Validator" v ON v.no = t."validatorNo"
  JOIN "Round" r ON r."roundAt" = t."roundAt" AND r."closedAt" IS NOT NULL
  WHERE t."roundAt" >= $1 ORDER BY t."roundAt", w.url`

export async function startWatchingHub(
  template: TestTemplate,
  host: string,
  websites: readonly SmallWebsite[],
): Promise<WatchingHub> {
  const clock = createSteppingClock()
  const settings = { host, roundCron: `*/${ROUND_MS / 1_000} * * * * *` }
  const hub = await startTestHub(template, { settings, overrides: { clock, followSchedule: true } })
  const { sql } = hub.parts.store
  await insertWebsites(sql, websites)
  return {
    ...hub,
    clock,
    async untilClosed(from, count) {
      const timeout = 30_000 + count * 2 * ROUND_MS
      return vi.waitFor(
        async () => {
          const closed = await sql.query<{ roundAt: Date }>(
            'SELECT "roundAt" FROM "Round" WHERE "closedAt" IS NOT NULL AND "roundAt" >= $1 ORDER BY "roundAt" LIMIT $2',
            [new Date(from), count],
          )
          const last = closed[count - 1]
          if (last === undefined) throw new Error(`Only ${closed.length} of ${count} rounds are closed.`)
          return last.roundAt.getTime()
        },
        { timeout, interval: 100 },
      )
    },
    readTicks: (from) => sql.query<SignedTick>(TICKS, [new Date(from)]),
  }
}

const INSERT = `
  WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS one(id uuid, url text, settings jsonb)),
  site AS (
    INSERT INTO "Website" (id, "userId", name, url) SELECT id, (SELECT id FROM "User" LIMIT 1), url, url FROM given RETURNING id
  )
  INSERT INTO "WebsiteCheck" ("websiteId", revision, settings)
  SELECT id, 1, settings FROM given JOIN site USING (id)`

/** All in one statement: hundreds of mutations take minutes. */
async function insertWebsites(sql: Sql, websites: readonly SmallWebsite[]): Promise<void> {
  const rows = websites.map(({ url, check }) => ({ id: randomUUID(), url, settings: { ...DEFAULT_CHECK, ...check } }))
  await sql.query(INSERT, [JSON.stringify(rows)])
}
