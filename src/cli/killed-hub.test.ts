import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ForeignAgent } from '../testing/foreign-agent.js'
import { askProgram, PATIENCE_MS, requireBuild, runProgram } from './fixtures/run-program.js'

const WEBSITES = 40
const ACKNOWLEDGED_MIN = 12

let folder: string
beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-killed-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** No round but those that the test begins: half a day from now. */
const env = {
  OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
  OVERLAPS_ROUND_CRON: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
}

async function startHub(PORT: string) {
  const hub = runProgram(['hub'], { cwd: folder, env: { ...env, PORT } })
  const [line] = await hub.until(/.*hub started.*/)
  return { hub, url: (JSON.parse(line) as { url: string }).url }
}

async function balanceOf(url: string, sessionToken: string): Promise<number> {
  const { viewer } = await askProgram(url, sessionToken, '{ viewer { ... on Validator { pendingPayouts } } }')
  return Number((viewer as { pendingPayouts: string }).pendingPayouts)
}

test(
  'a hub that is killed while answers come keeps every one that it acknowledged, and pays each once',
  async () => {
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
      const query = 'mutation { startRound { ... on StartedRound { validatorCount } } }'
      const { startRound } = await askProgram(url, operatorToken, query)
      asked = (startRound as { validatorCount: number }).validatorCount
    }
    await agent.untilTasks(WEBSITES)
    const answers = agent.tasks.slice(0, WEBSITES).map((task) => agent.measure(task, null))

    let acknowledgedCount = 0
    await new Promise<void>((resolve) => {
      for (const answer of answers) {
        const count = async () => {
          const { __typename: type } = (await agent.submitOne(answer)) as { __typename: string }
          if (type === 'SubmitTickSuccess') acknowledgedCount += 1
          if (acknowledgedCount === ACKNOWLEDGED_MIN) resolve()
        }
        void count()
      }
    })
    hub.signal('SIGKILL')
    await hub.ended

    const { hub: again, url: sameUrl } = await startHub(new URL(url).port)
    expect(sameUrl).toBe(url)
    expect(again.lines.join('\n')).not.toMatch(/Creating the database|owner token/)
    expect(acknowledgedCount).toBeGreaterThanOrEqual(ACKNOWLEDGED_MIN)
    expect(await balanceOf(url, sessionToken)).toBeGreaterThanOrEqual(acknowledgedCount * 100)
    // The very task that was open is still taken, on the session that was open, and what was stored is a repeat.
    await agent.connect(sessionToken)
    expect(await agent.submitBatch(answers)).toMatchObject({ acceptedCount: WEBSITES, rejected: [] })
    expect(await balanceOf(url, sessionToken)).toBe(WEBSITES * 100)
    agent.close()

    again.signal('SIGTERM')
    expect(await again.ended).toBe(0)
  },
  PATIENCE_MS,
)
