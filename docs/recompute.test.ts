import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { fetchExport } from '../src/history/export/test-export.js'
import { startTestHub, type TestHub } from '../src/testing/test-hub.js'
import { joinHub, type TestMember } from '../src/testing/test-round.js'
import { answer, submitBatch, type WireTask } from '../src/testing/test-validator.js'

const WEBSITES = 6
const VALIDATORS = 5
const ROUNDS = 25
const MINUTE_MS = 60_000
const KINDS = ['ticks', 'rosters', 'verdicts'] as const

let hub: TestHub
let websites: string[]
let members: TestMember[]
let folder: string
let beginAt: number

/** What a validator says of a website in a round; null is nothing. */
type Script = (round: number, validator: number, website: number) => 'Good' | 'Bad' | null

/** By the rounds' numbers from 1 on; where nothing is said, all is well. */
const SCRIPT: Script = (round, validator, website) => {
  // Its own line is down: it says Bad of everything.
  if (round === 2 && validator === 4) return 'Bad'
  if (round === 3 && website === 0) return 'Bad'
  // The first network does not agree with itself, and the others not with each other.
  if (round === 4 && website === 0) return validator === 0 || validator === 2 ? 'Good' : 'Bad'
  // Three are silent, so that no verdict comes about.
  if (round === 5 && validator > 1) return null
  if (round === 6) return null
  if (round === 9 && website < 2) return 'Bad'
  if (round === 24 && website === 0) return validator === 3 ? null : 'Bad'
  return 'Good'
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-recompute-'))
  hub = await startTestHub(inject('template'))
  websites = await createWebsites()
  beginAt = hub.clock.now()
  members = []
  for (let index = 0; index < VALIDATORS; index++) members.push(await joinHub(hub))
  await addMaintenance(websites[1] ?? '', 9)
  for (let round = 1; round <= ROUNDS; round++) {
    // One goes for good: what is needed for a verdict does not shrink with it at once.
    if (round === 8) await members[4]?.socket.close()
    await play(round, round < 8 ? members : members.slice(0, 4))
  }
  for (const kind of KINDS) await writeFile(inFolder(kind), await (await fetchExport(hub, `${kind}.jsonl`)).text())
}, 120_000)
afterAll(async () => {
  for (const { socket } of members) await socket.close()
  await hub.close()
  await rm(folder, { recursive: true, force: true })
})

const inFolder = (kind: string) => path.join(folder, `${kind}.jsonl`)

/** On hosts of their own: a network that calls several hosts down is suspected itself. */
async function createWebsites(): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < WEBSITES; index++) {
    const { data } = await hub.post<{ createWebsite: { website: { id: string } } }>(
      `mutation ($url: String!) { createWebsite(input: { name: "site", url: $url }) {
        ... on CreateWebsiteSuccess { website { id } } } }`,
      { token: hub.ownerToken, variables: { url: `https://site${index}.example.com/` } },
    )
    ids.push(data?.createWebsite.website.id ?? '')
  }
  return ids
}

async function addMaintenance(websiteId: string, round: number): Promise<void> {
  const wallClock = (instant: number) => new Date(instant).toISOString().slice(0, 16)
  const roundAt = beginAt + round * MINUTE_MS
  await hub.parts.store.prisma.maintenanceWindow.create({
    data: {
      websiteId,
      name: 'works',
      kind: 'ONE_OFF',
      timeZone: 'UTC',
      startsAt: wallClock(roundAt),
      endsAt: wallClock(roundAt + MINUTE_MS),
      weekdays: [],
      createdAt: new Date(beginAt),
    },
  })
}

async function play(round: number, present: readonly TestMember[]): Promise<void> {
  const roundAt = beginAt + round * MINUTE_MS
  hub.clock.moveTo(roundAt)
  await hub.startRound(roundAt)
  const tasks = await Promise.all(present.map(({ socket }) => socket.next()))
  await shareNetworks()
  for (const [validator, member] of present.entries()) {
    const answers = (tasks[validator] ?? []).flatMap((task) => answerTo(round, validator, task))
    if (answers.length > 0) expect(await submitBatch(hub, member, answers)).toMatchObject({ rejected: [] })
  }
  hub.clock.advance(50_000)
  const isClosed = async () => expect((await hub.parts.lastClosedRound())?.roundAt.getTime()).toBe(roundAt)
  await vi.waitFor(isClosed, { timeout: 20_000, interval: 5 })
}

/** Everybody comes from this machine, where each key counts by itself: the first two become neighbours. */
async function shareNetworks(): Promise<void> {
  const { store } = hub.parts
  await store.sql.query(`UPDATE "RoundRoster" SET networks[1] = '192.0.2.0/24', networks[2] = '192.0.2.0/24'
    WHERE "roundAt" = (SELECT max("roundAt") FROM "Round")`)
}

function answerTo(round: number, validator: number, task: WireTask) {
  const website = websites.indexOf(task.websiteId)
  const status = SCRIPT(round, validator, website)
  if (status === null) return []
  const latencyUs = 10_000 * (validator + 1) + round
  if (status === 'Good') return [{ task, tick: answer(task, { latencyUs }) }]
  const failure = validator % 2 === 0 ? ('CONNECT' as const) : ('TIMEOUT' as const)
  const nothing = { httpStatus: null, remoteAddress: null, connectUs: null, firstByteUs: null }
  return [{ task, tick: answer(task, { ...nothing, status, failure, latencyUs: null, detail: 'ECONNREFUSED' }) }]
}

type Row = Record<string, unknown>

const roundText = (round: number) => new Date(beginAt + round * MINUTE_MS).toISOString()

async function rowsOf(kind: (typeof KINDS)[number]): Promise<Row[]> {
  const lines = (await readFile(inFolder(kind), 'utf8')).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Row)
}

/** Runs the program as a stranger would. */
function recompute(...options: string[]): Promise<{ code: number; lines: string[] }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['docs/recompute.mjs', folder, ...options], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), lines: `${stdout}${stderr}`.trimEnd().split('\n') })
    })
  })
}

/** Runs it with one line changed. */
async function recomputeWith(kind: (typeof KINDS)[number], change: (lines: string[]) => string[]) {
  const original = await readFile(inFolder(kind), 'utf8')
  const lines = original.trimEnd().split('\n')
  await writeFile(
    inFolder(kind),
    change([...lines])
      .map((line) => `${line}\n`)
      .join(''),
  )
  try {
    return await recompute()
  } finally {
    await writeFile(inFolder(kind), original)
  }
}

describe('recompute.mjs', () => {
  it('comes to the same verdicts', async () => {
    const { code, lines } = await recompute()
    expect(lines.filter((line) => line.startsWith('WRONG'))).toEqual([])
    expect(lines).toHaveLength(WEBSITES + 1)
    expect(lines.at(-1)).toBe('All verdicts follow from the answers.')
    expect(code).toBe(0)
    expect(hub.errors).toEqual([])
  })

  it('has been given all kinds of rounds', async () => {
    const verdicts = await rowsOf('verdicts')
    const of = (round: number, website: number) =>
      verdicts.find((row) => row['website'] === websites[website] && row['round_at'] === roundText(round))
    expect(of(2, 0)).toMatchObject({ status: 'Good', votes_set_aside: 1, good_votes: 3, disagreed: 1 })
    expect(of(3, 0)).toMatchObject({ status: 'Bad', bad_votes: 4, failures_connect: 3, failures_timeout: 2 })
    expect(of(4, 0)).toMatchObject({ status: 'Inconclusive', networks: 4, good_votes: 1, bad_votes: 2, answered: 5 })
    expect(of(5, 0)).toMatchObject({ status: 'Inconclusive', good_votes: 1, votes_needed: 3 })
    expect(of(6, 0)).toMatchObject({ status: 'Inconclusive', answered: 0, root: null })
    expect(of(8, 0)).toMatchObject({ status: 'Good', networks: 3, quorum_base: 4, votes_needed: 3 })
    expect(of(9, 1)).toMatchObject({ status: 'Bad', in_maintenance: true })
    // The four that were there in the seventh round count no more.
    expect(of(22, 0)).toMatchObject({ networks: 3, quorum_base: 4 })
    expect(of(23, 0)).toMatchObject({ networks: 3, quorum_base: 3, votes_needed: 2 })
  })

  it('comes to the uptime of a window', async () => {
    const [whole] = (await recompute()).lines
    // Of 25 minutes 3, 9 and 24 are Bad, and 4, 5 and 6 are nothing: 19 ÷ 22.
    expect(whole).toMatch(/^\S+ {2}… to … {2}observed-v1 0\.863636 {2}Good 1140000 ms {2}Bad 180000 ms /)
    const { lines } = await recompute('--from', roundText(9), '--to', roundText(10))
    expect(lines[0]).toMatch(/observed-v1 0\.000000 {2}Good 0 ms {2}Bad 60000 ms {2}Inconclusive 0 ms/)
    expect(lines[1]).toMatch(/observed-v1 null {2}Good 0 ms {2}Bad 0 ms {2}Inconclusive 0 ms {2}maintenance 60000 ms/)
    expect(lines[2]).toMatch(/observed-v1 1\.000000 {2}Good 60000 ms/)
  })

  /** In a round whose N can be checked. */
  const isLate = (line: string) => line.includes(roundText(24)) && line.includes(websites[0] ?? '')
  const changed = (change: (row: Row) => object) => (lines: string[]) => {
    const index = lines.findIndex(isLate)
    const row = JSON.parse(lines[index] ?? '') as Row
    return lines.with(index, JSON.stringify({ ...row, ...change(row) }))
  }
  const without = (lines: string[]) => lines.toSpliced(lines.findIndex(isLate), 1)
  const contrary = (row: Row) => ({ status: row['status'] === 'Good' ? 'Bad' : 'Good' })
  const more = (name: string) => (row: Row) => ({ [name]: Number(row[name]) + 1 })

  it.each([
    ['a verdict says the contrary', 'verdicts', changed(contrary), /status is Bad, and the export says Good/],
    ['a verdict needs fewer votes', 'verdicts', changed(() => ({ votes_needed: 1 })), /votes_needed is 2, .* says 1$/],
    ['a verdict has another N', 'verdicts', changed(more('quorum_base')), /quorum_base is 3, .* says 4$/],
    [
      'a verdict has a larger N and needs as much',
      'verdicts',
      changed(() => ({ quorum_base: 5, votes_needed: 3 })),
      /quorum_base/,
    ],
    ['a verdict has another median', 'verdicts', changed(() => ({ median_latency_us: 1 })), /median_latency_us is/],
    ['a verdict has another root', 'verdicts', changed(() => ({ root: '00'.repeat(32) })), /root is [0-9a-f]{64},/],
    [
      'a verdict is there twice',
      'verdicts',
      (lines: string[]) => lines.flatMap((line) => (isLate(line) ? [line, line] : [line])),
      /more than one/,
    ],
    ['a verdict lasts longer', 'verdicts', changed(() => ({ lasts_ms: 120_000 })), /an earlier verdict stands for/],
    ['a verdict is of another rule', 'verdicts', changed(() => ({ rule: 'mine-v1' })), /mine-v1/],
    ['a tick says the contrary', 'ticks', changed(contrary), /votes is \d/],
    ['a tick has another leaf', 'ticks', changed(() => ({ leaf: '11'.repeat(32) })), /root is/],
    ['a tick is missing', 'ticks', without, /answered is 2, and the export says 3/],
    ['a tick is set aside', 'ticks', changed(() => ({ set_aside: true })), /votes_set_aside is 1/],
    ['a tick is of another network', 'ticks', changed(more('network')), /is in two networks/],
    ['a tick is of a stranger', 'ticks', changed(() => ({ validator: 'x' })), /without being asked/],
    ['somebody was not asked', 'rosters', without, /asked is 3, and the export says 4/],
    ['somebody was asked elsewhere', 'rosters', changed(() => ({ network: 9 })), /networks is 4, and/],
  ] as const)('finds out when %s', async (_what, kind, change, words) => {
    const { code, lines } = await recomputeWith(kind, change)
    expect(code).toBe(1)
    const wrong = lines.filter((line) => line.startsWith('WRONG'))
    expect(wrong.join('\n')).toMatch(new RegExp(words.source, 'm'))
    expect(lines.at(-1)).toBe(`${wrong.length} differences.`)
  })

  it('says what it cannot read', async () => {
    const mixed = await recomputeWith('ticks', (lines) => lines.toReversed())
    expect(mixed.code).toBe(2)
    expect(mixed.lines.at(-1)).toContain('not in the order that it was exported in')
    expect(mixed.lines.filter((line) => line.startsWith('WRONG'))).toHaveLength(100)
    expect((await recomputeWith('rosters', () => ['{'])).code).toBe(2)
    expect(await recompute('--from', 'today')).toEqual({ code: 2, lines: [expect.stringMatching(/^usage: /)] })
    const nothing = await recomputeWith('verdicts', () => [])
    expect(nothing.code).toBe(0)
    expect(nothing.lines[0]).toMatch(/observed-v1 null .* verdicts 0 {2}rounds without one 25$/)
  })
})
