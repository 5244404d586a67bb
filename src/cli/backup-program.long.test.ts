import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import { ForeignAgent } from '../testing/foreign-agent.js'
import { createEmptyDatabase } from '../testing/postgres-databases.js'
import {
  askProgram,
  PATIENCE_MS,
  requireBuild,
  runProgram,
  runToEnd,
  type Program,
} from '../testing/cli/run-program.js'
import { eventually } from '../testing/eventually.js'

const WEBSITES = 3
const PROOF = 'statement leaf leafIndex leafCount path batchStatement signature publicKey'
const TICKS = `{ websites(first: ${WEBSITES}) { edges { node { id ticks(first: 5) { edges { node { proof { ${PROOF} } } } } } } } }`
const template = inject('template')

let folder: string
beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-backup-program-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Env = Record<string, string>
/** The schedule is half a day away: only the test begins rounds. */
const base: Env = {
  OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
  OVERLAPS_ROUND_CRON: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
  OVERLAPS_ROUND_SPREAD_MS: '0',
}
const SHORT: Env = { OVERLAPS_ROUND_DEADLINE_MS: '3000' }
const LONG: Env = { OVERLAPS_ROUND_DEADLINE_MS: '600000' }

async function startHub(env: Env): Promise<{ hub: Program; url: string; port: string }> {
  const hub = runProgram(['hub'], { cwd: folder, env: { ...base, ...env } })
  const [line] = await hub.until(/.*hub started.*/)
  const { url } = JSON.parse(line) as { url: string }
  return { hub, url, port: new URL(url).port }
}

async function stop(hub: Program): Promise<void> {
  hub.signal('SIGTERM')
  expect(await hub.ended).toBe(0)
}

const end = (args: readonly string[], env: Env = {}) => runToEnd(args, { cwd: folder, env })

async function operatorOf(dataDir: string): Promise<string> {
  return (await readFile(path.join(folder, dataDir, 'operator-token'), 'utf8')).trim()
}

/** Waits until `agent` has its tasks. */
async function beginRound(url: string, operatorToken: string, agent: ForeignAgent): Promise<void> {
  const before = agent.tasks.length
  agent.follow()
  for (let asked = 0; asked === 0;) {
    const query = 'mutation { startRound { ... on StartRoundSuccess { validatorCount } } }'
    const { startRound } = await askProgram(url, operatorToken, query)
    asked = (startRound as { validatorCount: number }).validatorCount
  }
  await agent.untilTasks(before + WEBSITES)
}

/** Waits until the round is closed. */
async function closedTicks(url: string, token: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const text = JSON.stringify(await askProgram(url, token, TICKS))
      expect(text.match(/"proof"/g)).toHaveLength(WEBSITES)
      return text
    },
    { timeout: 60_000, interval: 200 },
  )
}

/** A PostgreSQL where the tests have one, else another folder. */
async function targetOf(): Promise<Env> {
  if (template.kind === 'pglite') return { OVERLAPS_DATA_DIR: 'b' }
  const { url, drop } = await createEmptyDatabase(template)
  onTestFinished(drop)
  return { OVERLAPS_DATA_DIR: 'b', DATABASE_URL: url }
}

/** A hub with a closed round whose ticks are stored, and an open one. */
async function startUsedHub() {
  const OVERLAPS_DATA_DIR = 'a'
  const first = await startHub({ OVERLAPS_DATA_DIR, PORT: '0', ...SHORT })
  const [, ownerToken = ''] = await first.hub.until(/^owner token: (\S+)$/)
  for (let index = 0; index < WEBSITES; index++) {
    const input = `{ name: "site ${index}", url: "http://127.0.0.1:9/${index}" }`
    await askProgram(first.url, ownerToken, `mutation { createWebsite(input: ${input}) { __typename } }`)
  }
  const agent = new ForeignAgent(first.url)
  await agent.connect()
  const { sessionToken } = await agent.signUp()
  agent.close()
  await agent.connect(sessionToken)
  const operatorToken = await operatorOf('a')
  await beginRound(first.url, operatorToken, agent)
  await agent.submitBatch(agent.tasks.map((task) => agent.measure(task, null)))
  const ticks = await closedTicks(first.url, ownerToken)
  agent.close()
  await stop(first.hub)

  const env = { ...base, OVERLAPS_DATA_DIR, PORT: first.port, ...LONG }
  const { hub, url } = await startHub(env)
  await agent.connect(sessionToken)
  await beginRound(url, operatorToken, agent)
  const open = agent.tasks.slice(-WEBSITES).map((task) => agent.measure(task, null))
  return { hub, url, env, agent, sessionToken, ownerToken, ticks, open }
}

test(
  'what a running hub knew is there again in another database: ticks are proven, tokens and open tasks still good',
  async () => {
    const used = await startUsedHub()
    const made = await end(['backup', 'hub.backup'], used.env)
    expect(made.text).toMatch(
      /^hub\.backup is complete: \d+ rows of \d+ tables, taken from the embedded database at 20/,
    )
    expect(made.code).toBe(0)
    expect((await stat(path.join(folder, 'hub.backup'))).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['a', 'hub.backup'])
    // The hub removes its copy after sending the last byte.
    await eventually(async () =>
      expect((await readdir(path.join(folder, 'a'))).filter((name) => !name.endsWith('.socket')).sort()).toEqual([
        'hub.lock',
        'operator-token',
        'pglite',
      ]),
    )
    used.agent.close()
    await stop(used.hub)

    expect(await end(['restore', '--check', 'hub.backup'])).toEqual(made)
    const target = await targetOf()
    const restored = await end(['restore', 'hub.backup'], target)
    expect(restored.text).toMatch(/^hub\.backup is complete.*\nRestored into the data/)
    expect(restored.code).toBe(0)
    const { hub, url } = await startHub({ ...used.env, ...target })
    expect(url).toBe(used.url)
    expect(hub.lines.join('\n')).not.toMatch(/owner token/)

    expect(JSON.stringify(await askProgram(url, used.ownerToken, TICKS))).toBe(used.ticks)
    await writeFile(path.join(folder, 'ticks.json'), used.ticks)
    const proven = await promisify(execFile)(process.execPath, [
      'docs/verify-tick.mjs',
      path.join(folder, 'ticks.json'),
    ])
    expect(proven.stdout.match(/^valid/gm)).toHaveLength(WEBSITES)
    await used.agent.connect(used.sessionToken)
    expect(await used.agent.submitBatch(used.open)).toMatchObject({ acceptedCount: WEBSITES, rejected: [] })
    used.agent.close()

    // And back: beside a hub on PostgreSQL, or in a folder without a hub.
    if (template.kind === 'pglite') await stop(hub)
    expect(await end(['backup', 'again.backup'], { ...target, PORT: '9' })).toMatchObject({ code: 0 })
    expect(await end(['restore', 'again.backup'], { OVERLAPS_DATA_DIR: 'c' })).toMatchObject({ code: 0 })
    expect(await readdir(path.join(folder, 'c'))).toEqual(['pglite'])
    if (template.kind === 'postgres') await stop(hub)
    const last = await startHub({ OVERLAPS_DATA_DIR: 'c', PORT: '0' })
    expect(JSON.stringify(await askProgram(last.url, used.ownerToken, TICKS))).toBe(used.ticks)
    await stop(last.hub)
  },
  3 * PATIENCE_MS,
)
