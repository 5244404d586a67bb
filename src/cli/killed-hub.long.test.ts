import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openPglite } from '../store/open-pglite.js'
import { openPostgres } from '../store/open-postgres.js'
import { ForeignAgent } from '../testing/foreign-agent.js'
import { createEmptyDatabase } from '../testing/postgres-databases.js'
import { askProgram, PATIENCE_MS, requireBuild, runProgram } from '../testing/cli/run-program.js'

const WEBSITES = 40
/** Every other answer goes alone, the rest in batches of this size. */
const BATCH = 5
const ACKNOWLEDGED_MIN = 15
const REWARD = 100

let folder: string
let database: { url: string; drop: () => Promise<void> } | null = null
beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-killed-'))
  const template = inject('template')
  if (template.kind === 'postgres') database = await createEmptyDatabase(template)
})
afterAll(async () => {
  await database?.drop()
  await rm(folder, { recursive: true })
})

/** The schedule is half a day away: only the test begins rounds. */
const env = {
  OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
  OVERLAPS_ROUND_CRON: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
}

async function startHub(PORT: string) {
  const DATABASE_URL = database?.url ?? ''
  const hub = runProgram(['hub'], { cwd: folder, env: { ...env, PORT, DATABASE_URL } })
  const [line] = await hub.until(/.*hub started.*/)
  return { hub, url: (JSON.parse(line) as { url: string }).url }
}

async function balanceOf(url: string, sessionToken: string): Promise<number> {
  const { viewer } = await askProgram(url, sessionToken, '{ viewer { ... on Validator { pendingPayouts } } }')
  return Number((viewer as { pendingPayouts: string }).pendingPayouts)
}

/** Read without a hub, in one statement: one that the dead hub has begun may still end. */
async function readDisk() {
  const store = database
    ? await openPostgres(database.url, () => undefined)
    : await openPglite(path.join(folder, 'data'), () => undefined)
  try {
    const [row] = await store.sql.query<{ websiteIds: string[]; paid: number; torn: number }>(
      `SELECT ARRAY(SELECT w.id::text FROM "WebsiteTick" t JOIN "Website" w ON w.no = t."websiteNo") AS "websiteIds",
         (SELECT sum("pendingPayouts")::int FROM "Validator") AS paid,
         (SELECT count(*)::int FROM "Submission" s WHERE length(s.leaves) <>
           32 * (SELECT count(*) FROM "WebsiteTick" t WHERE t."submissionId" = s.id)) AS torn`,
    )
    if (!row) throw new Error('no row')
    return row
  } finally {
    await store.close()
  }
}

async function startWithTasks() {
  const { hub, url } = await startHub('0')
  const [, ownerToken = ''] = await hub.until(/^owner token: (\S+)$/)
  for (let index = 0; index < WEBSITES; index++) {
    const input = `{ name: "site ${index}", url: "http://127.0.0.1:9/${index}" }`
    await askProgram(url, ownerToken, `mutation { createWebsite(input: ${input}) { __typename } }`)
  }
  const agent = new ForeignAgent(url)
  await agent.connect()
  const { sessionToken } = await agent.signUp()
  agent.close()
  await agent.connect(sessionToken)
  agent.follow()
  const operatorToken = (await readFile(path.join(folder, 'data/operator-token'), 'utf8')).trim()
  for (let asked = 0; asked === 0;) {
    const query = 'mutation { startRound { ... on StartRoundSuccess { validatorCount } } }'
    const { startRound } = await askProgram(url, operatorToken, query)
    asked = (startRound as { validatorCount: number }).validatorCount
  }
  await agent.untilTasks(WEBSITES)
  return { hub, url, agent, sessionToken, tasks: agent.tasks.slice(0, WEBSITES) }
}

type Started = Awaited<ReturnType<typeof startWithTasks>>

/** Resolves as soon as enough is acknowledged, while the rest is on its way. */
async function sendAll({ agent, tasks }: Pick<Started, 'agent' | 'tasks'>): Promise<Set<string>> {
  const acknowledged = new Set<string>()
  await new Promise<void>((resolve) => {
    const submit = async (some: typeof tasks) => {
      const answers = some.map((task) => agent.measure(task, null))
      const [first] = answers
      const said = (await (first && some.length === 1 ? agent.submitOne(first) : agent.submitBatch(answers))) as {
        __typename: string
      }
      if (said.__typename.endsWith('Success')) for (const { websiteId } of some) acknowledged.add(websiteId)
      if (acknowledged.size >= ACKNOWLEDGED_MIN) resolve()
    }
    for (let at = 0; at < tasks.length; at += 2 * BATCH) {
      for (const task of tasks.slice(at, at + BATCH)) void submit([task])
      void submit(tasks.slice(at + BATCH, at + 2 * BATCH))
    }
  })
  return acknowledged
}

test(
  'a hub that is killed while answers come keeps every one that it acknowledged, and pays each once',
  async () => {
    const { hub, url, agent, sessionToken, tasks } = await startWithTasks()
    const acknowledged = await sendAll({ agent, tasks })
    hub.signal('SIGKILL')
    await hub.ended

    const disk = await readDisk()
    expect(disk.websiteIds).toEqual(expect.arrayContaining([...acknowledged]))
    expect(new Set(disk.websiteIds).size).toBe(disk.websiteIds.length)
    expect([disk.paid, disk.torn]).toEqual([disk.websiteIds.length * REWARD, 0])

    const { hub: again, url: sameUrl } = await startHub(new URL(url).port)
    expect(sameUrl).toBe(url)
    expect(again.lines.join('\n')).not.toMatch(/Creating the database|owner token/)
    expect(await balanceOf(url, sessionToken)).toBeGreaterThanOrEqual(acknowledged.size * REWARD)
    // The open task is still taken, on the open session, and what was stored is a repeat.
    await agent.connect(sessionToken)
    const answers = tasks.map((task) => agent.measure(task, null))
    expect(await agent.submitBatch(answers)).toMatchObject({ acceptedCount: WEBSITES, rejected: [] })
    expect(await balanceOf(url, sessionToken)).toBe(WEBSITES * REWARD)
    agent.close()

    again.signal('SIGTERM')
    expect(await again.ended).toBe(0)
    const after = await readDisk()
    expect([after.websiteIds.length, after.paid]).toEqual([WEBSITES, WEBSITES * REWARD])
  },
  2 * PATIENCE_MS,
)
