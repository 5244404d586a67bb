import { spawnSync } from 'node:child_process'
import { mkdtemp, open, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { ForeignAgent } from '../testing/foreign-agent.js'
import { askProgram, PATIENCE_MS, type Program, requireBuild, runProgram } from '../testing/cli/run-program.js'

const MIB = 1024 * 1024
const DISK_BYTES = 320 * MIB
/** What the hub keeps free; the disk is filled beyond it. */
const FREE_MIN_BYTES = 96 * MIB
const BELOW_BYTES = 32 * MIB
/** Without a disk of its own, this much of the machine's is taken for a while. */
const BALLAST_BYTES = 256 * MIB

let folder: string
beforeAll(async () => {
  await requireBuild()
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-full-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A prefix that mounts a small disk on the data folder; the mount goes with its process. */
function findSmallDisk(dataDir: string): string[] | null {
  const script = `mkdir -p "$0" && mount -t tmpfs -o size=${DISK_BYTES},mode=0700 tmpfs "$0" && exec "$@"`
  const ways = [['-m'], ['-Urm']].map((flags) => ['unshare', ...flags, 'sh', '-c', script, dataDir])
  return ways.find(([command = '', ...args]) => spawnSync(command, [...args, 'true']).status === 0) ?? null
}

async function freeBytes(place: string): Promise<number> {
  const { bavail, bsize } = await statfs(place)
  return bavail * bsize
}

/** Real bytes: a sparse file would take no room. */
async function fill(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'w')
  try {
    for (let left = bytes; left > 0; left -= MIB) await handle.write(Buffer.alloc(Math.min(MIB, left), 7))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function startHub(dataDir: string) {
  const within = findSmallDisk(dataDir)
  // Neither root nor namespaces: the machine's disk is filled up to a threshold within reach.
  const least = within ? FREE_MIN_BYTES : (await freeBytes(folder)) - BALLAST_BYTES / 2
  const hub = runProgram(['hub'], {
    cwd: folder,
    within: within ?? [],
    env: {
      PORT: '0',
      OVERLAPS_DATA_DIR: dataDir,
      OVERLAPS_DISK_FREE_MIN_BYTES: String(least),
      OVERLAPS_ALLOW_PRIVATE_TARGETS: '1',
      OVERLAPS_ROUND_CRON: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
    },
  })
  const [line] = await hub.until(/.*hub started.*/)
  const [, ownerToken = ''] = await hub.until(/^owner token: (\S+)$/)
  // Only its own process sees the mount.
  const seen = within ? `/proc/${hub.pid}/root${dataDir}` : folder
  const ballastBytes = async () => (within ? (await freeBytes(seen)) - FREE_MIN_BYTES + BELOW_BYTES : BALLAST_BYTES)
  return {
    hub,
    url: (JSON.parse(line) as { url: string }).url,
    ownerToken,
    seen,
    ballastBytes,
    isOwnDisk: within !== null,
  }
}

async function openAgent(url: string, ownerToken: string, operatorToken: string) {
  for (const name of ['a', 'b', 'c']) {
    const input = `{ name: "${name}", url: "http://127.0.0.1:9/${name}" }`
    await askProgram(url, ownerToken, `mutation { createWebsite(input: ${input}) { __typename } }`)
  }
  const agent = new ForeignAgent(url)
  await agent.connect()
  const { sessionToken } = await agent.signUp()
  agent.close()
  await agent.connect(sessionToken)
  agent.follow()
  await eventually(async () => {
    const query = 'mutation { startRound { ... on StartRoundSuccess { validatorCount } } }'
    expect(await askProgram(url, operatorToken, query)).toEqual({ startRound: { validatorCount: 1 } })
  })
  await agent.untilTasks(3)
  return { agent, sessionToken, answers: agent.tasks.slice(0, 3).map((task) => agent.measure(task, null)) }
}

async function readiness(url: string) {
  const response = await fetch(`${url}/readyz`)
  return { status: response.status, ...((await response.json()) as { disk: string }) }
}

async function endWell(hub: Program): Promise<void> {
  hub.signal('SIGTERM')
  expect(await hub.ended).toBe(0)
}

test(
  'on a disk that is nearly full answers are refused for a while, before the database stops, and then taken',
  async () => {
    const dataDir = path.join(folder, 'data')
    const { hub, url, ownerToken, seen, ballastBytes, isOwnDisk } = await startHub(dataDir)
    const place = isOwnDisk ? seen : dataDir
    const operatorToken = (await readFile(path.join(place, 'operator-token'), 'utf8')).trim()
    const { agent, sessionToken, answers } = await openAgent(url, ownerToken, operatorToken)
    const [first, second, third] = answers
    if (!first || !second || !third) throw new Error('no task')
    expect(await agent.submitOne(first)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    expect(await readiness(url)).toMatchObject({ status: 200, disk: 'ok' })

    const ballast = path.join(seen, 'ballast')
    await fill(ballast, await ballastBytes())
    await eventually(async () => expect(await readiness(url)).toMatchObject({ status: 503, disk: 'failing' }))
    expect(await agent.submitOne(second)).toMatchObject({ __typename: 'TickRejected', reason: 'UNAVAILABLE' })
    expect(await agent.submitBatch([second, third])).toMatchObject({ reason: 'UNAVAILABLE' })
    // The engine lives, and owners can read.
    const viewer = '{ viewer { ... on Validator { pendingPayouts } } }'
    expect(await askProgram(url, sessionToken, viewer)).toEqual({ viewer: { pendingPayouts: '100' } })

    await rm(ballast)
    await eventually(async () => expect(await readiness(url)).toMatchObject({ status: 200, disk: 'ok' }))
    expect(await agent.submitBatch([second, third])).toMatchObject({ acceptedCount: 2, rejected: [] })
    expect(await askProgram(url, sessionToken, viewer)).toEqual({ viewer: { pendingPayouts: '300' } })
    agent.close()
    await endWell(hub)
  },
  PATIENCE_MS,
)
