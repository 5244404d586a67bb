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

export interface SeenVerdict {
  url: string
  roundAt: Date
  status: 'Good' | 'Bad' | 'Inconclusive'
  /** Validators that said so. */
  couldNotCheck: number
}

/** A hub with rounds of 5 s by its own schedule. */
export interface WatchingHub extends Omit<TestHub, 'clock'> {
  clock: SteppingClock
  /** Resolves when the `count`th round that began at `from` or later is closed; hands back its instant. */
  untilClosed(from: number, count: number): Promise<number>
  /** Resolves while the checks of the next round are on their way. */
  untilMidRound(): Promise<void>
  /** Of rounds that are closed, from an instant on. */
  readTicks(from: number): Promise<SignedTick[]>
  readVerdicts(from: number): Promise<SeenVerdict[]>
  /** URLs of websites with an incident. */
  readIncidents(): Promise<string[]>
}

export const ROUND_MS = 5_000
/** Over which the checks of a round begin. */
const SPREAD_MS = 1_000
const MID_ROUND_MS = SPREAD_MS / 2
const TICKS = `
  SELECT v.label AS by, w.url, t."roundAt", t.status, t.failure, t.detail FROM "WebsiteTick" t
  JOIN "Website" w ON w.no = t."websiteNo" JOIN "Validator" v ON v.no = t."validatorNo"
  JOIN "Round" r ON r."roundAt" = t."roundAt" AND r."closedAt" IS NOT NULL
  WHERE t."roundAt" >= $1 ORDER BY t."roundAt", w.url`

const VERDICTS = `
  SELECT w.url, v."roundAt", v.status, (SELECT coalesce(sum(count), 0)::int FROM unnest(v.abstentions) count) AS "couldNotCheck"
  FROM "Verdict" v JOIN "Website" w ON w.no = v."websiteNo"
  WHERE v."roundAt" >= $1 ORDER BY v."roundAt", w.url`
const INCIDENTS = 'SELECT w.url FROM "Incident" i JOIN "Website" w ON w.no = i."websiteNo"'

export async function startWatchingHub(
  template: TestTemplate,
  host: string,
  websites: readonly SmallWebsite[],
): Promise<WatchingHub> {
  const clock = createSteppingClock()
  const settings = { host, roundCron: `*/${ROUND_MS / 1_000} * * * * *`, roundSpreadMs: SPREAD_MS }
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
    untilMidRound: () =>
      new Promise((resolve) => {
        // By the hub's own time, which does not go back with the machine's.
        const now = hub.parts.clock.now()
        hub.parts.clock.at(now - (now % ROUND_MS) + ROUND_MS + MID_ROUND_MS, resolve)
      }),
    readTicks: (from) => sql.query<SignedTick>(TICKS, [new Date(from)]),
    readVerdicts: (from) => sql.query<SeenVerdict>(VERDICTS, [new Date(from)]),
    async readIncidents() {
      const rows = await sql.query<{ url: string }>(INCIDENTS)
      return rows.map(({ url }) => url)
    },
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
