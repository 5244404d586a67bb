import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { startPooler } from '../testing/pooler.js'
import { createEmptyDatabase, onServer, withDatabase } from '../testing/postgres-databases.js'
import { startTestHub } from '../testing/test-hub.js'
import { joinHub, playRound } from '../testing/test-round.js'
import { createWebsites, submitBatch } from '../testing/test-validator.js'
import { openStore } from './open-store.js'
import { readSettings } from './read-settings.js'

const template = inject('template')
const url = template.kind === 'postgres' ? template.url : 'postgresql://postgres@127.0.0.1:1/none'

/** An empty database, as somebody has set it up. */
async function makeDatabase(...statements: string[]): Promise<string> {
  const database = await createEmptyDatabase({ url })
  onTestFinished(database.drop)
  const name = new URL(database.url).pathname.slice(1)
  for (const statement of statements) await onServer(url, statement.replaceAll('IT', name))
  return database.url
}

async function open(databaseUrl: string) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'overlaps-found-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const settings = readSettings({ OVERLAPS_DATA_DIR: dataDir, DATABASE_URL: databaseUrl })
  return openStore(settings, pino({ level: 'silent' }))
}

const ODD = [
  `datestyle = 'SQL, DMY'`,
  `intervalstyle = 'sql_standard'`,
  `timezone = 'Asia/Kathmandu'`,
  `search_path = 'nowhere'`,
  `bytea_output = 'escape'`,
  `extra_float_digits = -15`,
  `standard_conforming_strings = off`,
  `client_encoding = 'LATIN1'`,
  `default_transaction_isolation = 'serializable'`,
  `default_transaction_read_only = on`,
  `statement_timeout = '50ms'`,
  `lock_timeout = '1ms'`,
  `idle_in_transaction_session_timeout = '1ms'`,
  `idle_session_timeout = '500ms'`,
  `synchronous_commit = off`,
]

/** A round from its beginning to its closing, and what an owner does. */
async function play(databaseUrl: string): Promise<object> {
  const store = await open(databaseUrl)
  const hub = await startTestHub(template, { overrides: { store } })
  await createWebsites(hub, 1)
  const renamed = await hub.post(
    `mutation { createWebsite(input: { name: "Łódź 東京", url: "https://lodz.example/" }) { __typename } }`,
    { token: hub.ownerToken },
  )
  expect(renamed.data).toEqual({ createWebsite: { __typename: 'CreateWebsiteSuccess' } })
  const member = await joinHub(hub)
  const [tasks = []] = await playRound(hub, member)
  const sent = tasks.map((task) => ({ task }))
  expect(await submitBatch(hub, member, sent)).toMatchObject({ acceptedCount: 2 })
  hub.clock.advance(60_000)
  await eventually(async () => expect(await store.prisma.round.count({ where: { closedAt: { not: null } } })).toBe(1))
  const verdicts = await store.prisma.verdict.count()
  await hub.close()
  return { verdicts, errors: hub.errors }
}

const WELL = { verdicts: 2, errors: [] }

describe.runIf(template.kind === 'postgres')('a PostgreSQL as it is found', () => {
  it('works whatever its database has been given by default', async () => {
    const database = await makeDatabase(...ODD.map((setting) => `ALTER DATABASE IT SET ${setting}`))
    expect(await play(database)).toEqual(WELL)
  })

  it('works by a URL that names the ordinary schema, and with settings of its own', async () => {
    const database = await makeDatabase()
    expect(await play(`${database}?schema=public&options=-c%20search_path%3Dnowhere`)).toEqual(WELL)
  })

  it('works behind a pooler that leaves every client its connection', async () => {
    const pooler = await startPooler(Number(new URL(url).port), 'SESSION')
    const database = new URL(await makeDatabase())
    database.port = String(pooler.port)
    expect(await play(database.href)).toEqual(WELL)
    await pooler.close()
  })

  it('is refused behind a pooler that does not', async () => {
    const pooler = await startPooler(Number(new URL(url).port), 'TRANSACTION')
    const database = new URL(await makeDatabase())
    database.port = String(pooler.port)
    await expect(open(database.href)).rejects.toThrow(
      /^The database overlaps_empty_\w+ at [\w.:]+ is behind a pooler .*: set pool_mode=session in pgbouncer, or name PostgreSQL itself in DATABASE_URL\.$/,
    )
    await pooler.close()
  })

  it.each(['LATIN1', 'SQL_ASCII'])('is refused when it keeps texts as %s', async (encoding) => {
    const made = await makeDatabase()
    const name = `${new URL(made).pathname.slice(1)}_${encoding.toLowerCase()}`
    await onServer(url, `CREATE DATABASE ${name} ENCODING '${encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`)
    onTestFinished(async () => void (await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`)))
    await expect(open(withDatabase(url, name))).rejects.toThrow(
      new RegExp(`keeps texts as ${encoding}, .*ENCODING 'UTF8' TEMPLATE template0, and name it in DATABASE_URL\\.$`),
    )
  })

  it('is refused with another schema in its URL, and nothing is made there', async () => {
    const database = await makeDatabase()
    await expect(open(`${database}?schema=hub`)).rejects.toThrow(
      / cannot be kept to the schema hub, .*: take \?schema= out of DATABASE_URL, and name a database of its own there\.$/,
    )
    expect(await onServer(database, `SELECT 1 FROM pg_tables WHERE schemaname IN ('public', 'parts', 'hub')`)).toEqual(
      [],
    )
  })

  it('is refused when its user may make no tables', async () => {
    const database = new URL(
      await makeDatabase(
        `CREATE ROLE IT LOGIN`,
        `REVOKE ALL ON DATABASE IT FROM PUBLIC`,
        `GRANT CONNECT ON DATABASE IT TO IT`,
      ),
    )
    const role = database.pathname.slice(1)
    database.username = role
    await expect(open(database.href)).rejects.toThrow(
      /cannot be migrated to this version's schema \(permission denied .*\): make its user the owner of the database\.$/,
    )
    await onServer(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`).catch(() => undefined)
  })
})
