import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { checkHash } from '../protocol/check-statement.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import { readSequences } from '../store/backup/describe-tables.js'
import { migrate } from '../store/migrate.js'
import { ensurePartitions } from '../store/partitions.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Sql } from '../store/store.js'
import { eventually } from '../testing/eventually.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { FILLED_DAY, fillTables } from '../testing/store/fill-tables.js'
import { asNamedNow, OLDER_NAMES, OLDER_PARTITIONED, RENAMED } from '../testing/store/older-names.js'
import { readColumns, readRows } from '../testing/store/known-columns.js'
import { rolledBack } from '../testing/store/rolled-back.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playRound } from '../testing/test-round.js'
import { authenticateValidator } from '../validator/authenticate-validator.js'
import { openTestStore } from '../testing/test-store.js'
import { answer, createWebsites, submitBatch, type WireTask, type WireTick } from '../testing/test-validator.js'

const migrations = await readMigrations()
/** Those of the version whose rounds had neither kind nor reward and whose verdicts are by networks-v1. */
const older = migrations.filter(({ name }) => name <= '20261122180000_safety')
const later = migrations.slice(older.length).map(({ name }) => name)

const store = await openTestStore(inject('template'))
const source = await openTestStore(inject('template'))
afterAll(async () => {
  await store.close()
  await source.close()
})

const within = (sql: Sql) => ({ sql, transaction: <Result>(work: (sql: Sql) => Promise<Result>) => work(sql) })

/** A database as that version made it. */
async function makeOlder(sql: Sql, instant: number): Promise<void> {
  await sql.run('DROP SCHEMA public CASCADE; DROP SCHEMA parts CASCADE; CREATE SCHEMA public')
  await migrate(within(sql), older)
  await ensurePartitions(within(sql), instant, OLDER_PARTITIONED)
}

describe('a database of an older version', () => {
  it('keeps every row of every table, whatever is in it', async () => {
    expect(later.length).toBeGreaterThan(0)
    await fc.assert(
      fc.asyncProperty(fc.gen(), (generate) =>
        rolledBack(store, async (sql) => {
          await makeOlder(sql, FILLED_DAY)
          await fillTables(sql, generate)
          const columns = await readColumns(sql)
          const before = await readRows(sql, columns)
          expect(await migrate(within(sql), migrations)).toEqual(later)
          await sql.run(OLDER_NAMES)
          expect(await readRows(sql, asNamedNow(columns))).toEqual(before)
          expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true)
          const rounds = await sql.query(`SELECT DISTINCT kind::text, "rewardRule", "rewardLamports" FROM "Round"`)
          expect(rounds).toEqual([{ kind: 'SCHEDULED', rewardRule: null, rewardLamports: null }])
          expect(await sql.query('SELECT DISTINCT "checkVersion" FROM "Round"')).toEqual([{ checkVersion: 1 }])
          expect(await sql.query('SELECT DISTINCT abstentions FROM "Verdict"')).toEqual([{ abstentions: [] }])
          expect(await sql.query('SELECT DISTINCT "couldNotCheck" FROM "ValidatorDay"')).toEqual([{ couldNotCheck: 0 }])
          expect(await sql.query('SELECT DISTINCT tags FROM "Website"')).toEqual([{ tags: [] }])
          expect(await sql.query('SELECT DISTINCT "changedAt" FROM "MaintenanceWindow"')).toEqual([{ changedAt: null }])
        }),
      ),
      { numRuns: 4, endOnFailure: true },
    )
  }, 60_000)
})

const HISTORY = `{ channels { edges { node { id kind enabled createdAt ... on Webhook { url } website { id }
  deliveries { edges { node { id event payload deliveredAt attempts { at outcome httpStatus answer } } } } } } }
websites(first: 10) { edges { node {
  id name url status
  ticks(first: 20) { edges { node { roundAt status latencyUs proof {
    statement leaf leafIndex leafCount path batchStatement signature publicKey } } } }
  verdicts(first: 20) { edges { node { roundAt rule status goodVotes badVotes networkCount medianLatencyUs asked answered couldNotCheck abstentions { reason } root } } }
  uptime(over: { window: LAST_HOUR }) { ratio goodMs badMs from to }
  incidents(first: 5) { edges { node { id startedAt openedAt endedAt } } }
} } } }`

async function historyOf(hub: TestHub, token: string) {
  const { data, errors } = await hub.post<{ websites: { edges: object[] } }>(HISTORY, { token })
  expect(errors).toBeUndefined()
  return data
}

/** A webhook that has had an answer of each kind. */
async function addWebhook({ parts }: TestHub): Promise<void> {
  const { prisma } = parts.store
  const { id: websiteId, userId } = await prisma.website.findFirstOrThrow()
  const at = new Date(parts.clock.now())
  const outcomes = { DELIVERED: 204, GONE: 410, REFUSED: 404, UNREACHABLE: 429 } as const
  const attempts = Object.entries(outcomes).map(([outcome, httpStatus]) => {
    return { at, durationMs: 5, outcome: outcome as keyof typeof outcomes, httpStatus, answer: 'hm' }
  })
  const delivery = { event: 'incident.opened', payload: '{}', createdAt: at, deliveredAt: at }
  await prisma.channel.create({
    data: {
      userId,
      websiteId,
      kind: 'WEBHOOK',
      config: { url: 'https://hooks.example.com/?a="b"' },
      secret: Buffer.alloc(32, 7),
      enabled: false,
      createdAt: at,
      deliveries: { create: { ...delivery, attempts: { create: attempts } } },
    },
  })
}

/** As an agent answered that knew the first version of the check statement only. */
function byFirstVersion(tick: WireTick): WireTick {
  return { ...tick, checkHash: checkHash(DEFAULT_CHECK, 1) }
}

/** Records every round as of the first version of the check statement. */
const FIRST_VERSION_ALWAYS = `
CREATE FUNCTION first_version() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW."checkVersion" := 1; RETURN NEW; END';
CREATE TRIGGER first_version BEFORE INSERT ON "Round" FOR EACH ROW EXECUTE FUNCTION first_version()`

/** Three rounds that are closed, the last two of them down, and one that is open, with its tasks. */
async function playOn(hub: TestHub) {
  const members = [await joinHub(hub), await joinHub(hub), await joinHub(hub)]
  for (const status of ['Good', 'Bad', 'Bad'] as const) {
    const tasks = await playRound(hub, ...members)
    for (const [index, member] of members.entries()) {
      const bad = { status, failure: 'CONNECT', detail: 'ECONNREFUSED', latencyUs: null, httpStatus: null } as const
      const nothing = { ...bad, remoteAddress: null, connectUs: null, firstByteUs: null }
      const tickOf = (task: WireTask) => answer(task, status === 'Bad' ? nothing : { latencyUs: 1_000 * index })
      const mine = (tasks[index] ?? []).map((task) => ({ task, tick: byFirstVersion(tickOf(task)) }))
      expect(await submitBatch(hub, member, mine)).toMatchObject({ acceptedCount: 2 })
    }
    const roundAt = hub.clock.now()
    hub.clock.advance(50_000)
    await eventually(async () => expect((await hub.parts.lastClosedRound())?.roundAt.getTime()).toBe(roundAt))
  }
  const [tasks = []] = await playRound(hub, ...members)
  const [member] = members
  if (!member) throw new Error('no validator')
  return { member, tasks, close: () => Promise.all(members.map(({ socket }) => socket.close())) }
}

/** Takes over what the tables of an older version have a place for. */
async function copyRows(from: Sql, to: Sql): Promise<void> {
  for (const [name, names] of await readColumns(to)) {
    const [older = '', newer = ''] = RENAMED[name] ?? []
    const [found] = await from.query<{ rows: string }>(
      `SELECT coalesce(json_agg(t), '[]')::text AS rows
       FROM (SELECT ${older === '' ? names : names.replace(older, `${newer} AS ${older}`)} FROM "${name}") t`,
    )
    await to.query(
      `INSERT INTO "${name}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${name}", $1::text::json)`,
      [found?.rows],
    )
  }
  for (const { name, lastValue } of await readSequences(from)) {
    if (lastValue !== null) await to.query('SELECT setval($1::text::regclass, $2::bigint)', [name, lastValue])
  }
}

const INVALID = { reason: 'INVALID', message: expect.stringContaining('checkHash') }

describe('a hub on a database of an older version', () => {
  it('shows and proves the history as it was, and pays for the round that is open', async () => {
    const old = await startTestHub(inject('template'), { overrides: { store: keptOpen(source) } })
    await createWebsites(old, 2)
    await addWebhook(old)
    await source.sql.run(FIRST_VERSION_ALWAYS)
    const { member, tasks, close } = await playOn(old)
    await source.sql.query(`UPDATE "Round" SET rule = 'networks-v1' WHERE rule IS NOT NULL`)
    const before = await historyOf(old, old.ownerToken)
    expect(JSON.stringify(before)).toMatch(/"rule":"networks-v1".*"root":"[0-9a-f]{64}".*"startedAt"/)
    const balance = await balanceOf(old, member)
    await close()
    await old.close()

    await source.sql.run(OLDER_NAMES)
    await makeOlder(store.sql, old.clock.now())
    await copyRows(source.sql, store.sql)
    expect(await migrate(store, migrations)).toEqual(later)
    const hub = await startTestHub(inject('template'), {
      overrides: { store: keptOpen(store) },
      clock: old.clock,
      settings: { origins: [old.url], tickRewardLamports: 7n },
    })
    expect(await historyOf(hub, old.ownerToken)).toEqual(before)
    const asked = { ...old, post: hub.post }
    const byOtherRules = tasks.map((task) => ({ task }))
    expect((await submitBatch(asked, member, byOtherRules)).rejected).toMatchObject([INVALID, INVALID])
    const sent = tasks.map((task) => ({ task, tick: byFirstVersion(answer(task)) }))
    expect(await submitBatch(asked, member, sent)).toMatchObject({ acceptedCount: 2 })
    expect(await balanceOf(hub, member)).toBe(balance + 2n * 7n)
    const rounds = '{ rounds(first: 10) { edges { node { kind rewardRule rewardLamports } } } }'
    const { data } = await hub.post<{ rounds: { edges: object[] } }>(rounds, { token: hub.operatorToken })
    const unrecorded = { node: { kind: 'SCHEDULED', rewardRule: null, rewardLamports: null } }
    expect(data?.rounds.edges).toEqual([unrecorded, unrecorded, unrecorded, unrecorded])
    expect(await authenticateValidator(hub.parts, member.sessionToken)).toBeNull()
    expect([...old.errors, ...hub.errors]).toEqual([])
    await hub.close()
  }, 60_000)
})
