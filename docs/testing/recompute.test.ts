import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { treeHash } from '../../src/protocol/tree-hash.js'
import type { TestHub } from '../../src/testing/test-hub.js'
import { exportHistory, type OwnersView, readOwnersView, type Row } from './exported-history.js'
import { CHANGED, ROUNDS, VALIDATORS, WEBSITES } from './play-history.js'

/** Of the whole list: what is deleted is not exported. */
const SHOWN = WEBSITES - 1

type ExportedHistory = Awaited<ReturnType<typeof exportHistory>>

let history: ExportedHistory
let hub: TestHub
let websites: readonly string[]
/** What it says of the whole history as it is. */
let whole: Awaited<ReturnType<ExportedHistory['recompute']>>

beforeAll(async () => {
  history = await exportHistory(inject('template'))
  whole = await history.recompute()
  hub = history.hub
  websites = history.websites
}, 120_000)
afterAll(() => history.close())

const roundText = (round: number) => history.roundText(round)
const recompute: ExportedHistory['recompute'] = (...options) => history.recompute(...options)
const recomputeWith: ExportedHistory['recomputeWith'] = (kind, change) => history.recomputeWith(kind, change)
const rowsOf: ExportedHistory['rowsOf'] = (kind) => history.rowsOf(kind)

describe('recompute.mjs', () => {
  it('comes to the same verdicts', () => {
    const { code, lines } = whole
    expect(lines.filter((line) => line.startsWith('WRONG'))).toEqual([])
    expect(lines).toHaveLength(SHOWN + VALIDATORS + 1)
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
    expect(of(4, 0)).toMatchObject({
      status: 'Inconclusive',
      network_count: 4,
      good_votes: 1,
      bad_votes: 2,
      answered: 5,
    })
    expect(of(5, 0)).toMatchObject({ status: 'Inconclusive', good_votes: 1, votes_needed: 3 })
    expect(of(6, 0)).toMatchObject({ status: 'Inconclusive', answered: 0, root: null })
    expect(of(8, 0)).toMatchObject({ status: 'Good', network_count: 3, quorum_base: 4, votes_needed: 3 })
    expect(of(9, 1)).toMatchObject({ status: 'Bad', in_maintenance: true })
    // The four that were there in the seventh round count no more.
    expect(of(22, 0)).toMatchObject({ network_count: 3, quorum_base: 4 })
    expect(of(23, 0)).toMatchObject({ network_count: 3, quorum_base: 3, votes_needed: 2 })
  })

  it('comes to the uptime of a window', async () => {
    const [first] = whole.lines
    // Of 25 minutes 3, 9 and 24 are Bad, and 4, 5 and 6 are nothing: 19 ÷ 22.
    expect(first).toContain(`  ${roundText(1)} to ${new Date(Date.parse(roundText(ROUNDS)) + 45_000).toISOString()}  `)
    expect(first).toMatch(/observed-v1 0\.862068 {2}.* Good 1125000 ms {2}Bad 180000 ms /)
    const { lines } = await recompute('--from', roundText(9), '--to', roundText(10))
    expect(lines[0]).toMatch(/observed-v1 0\.000000 {2}.* {2}Good 0 ms {2}Bad 60000 ms {2}Inconclusive 0 ms/)
    expect(lines[1]).toMatch(
      /observed-v1 null {2}.* {2}Good 0 ms {2}Bad 0 ms {2}Inconclusive 0 ms {2}maintenance 60000 ms/,
    )
    expect(lines[2]).toMatch(/observed-v1 1\.000000 {2}.* {2}Good 60000 ms/)
  })

  it.each([
    ['all that is closed', 0, ROUNDS + 1],
    ['a quarter of an hour and more', 2, 19],
    ['a quarter of an hour', 15, 30],
    ['a minute and a half', 2.5, 4],
  ])('comes to what the hub says of %s', async (_what, first, last) => {
    const nodes = await readOwnersView(hub, roundText(first), roundText(last))
    const [{ from, to }] = nodes.map(({ observed }) => observed) as [OwnersView['observed']]
    const { lines } = await recompute('--from', from, '--to', to)
    const figures = lines.filter((line) => line.includes('observed-v1'))
    expect(figures.map((line) => line.split('  verdicts ')[0])).toEqual(
      nodes.map(({ id, observed, withMaintenance, strict }) => {
        const { goodMs, badMs, inconclusiveMs, maintenanceMs, missingMs, disabledMs } = observed
        const ratios = [observed, withMaintenance, strict].map(
          ({ method, ratio }) => `${method} ${ratio === null ? 'null' : ratio.toFixed(6)}`,
        )
        const times = `Good ${goodMs} ms  Bad ${badMs} ms  Inconclusive ${inconclusiveMs} ms  maintenance ${maintenanceMs} ms  missing ${missingMs} ms  disabled ${disabledMs} ms`
        return [id, `${from} to ${to}`, ...ratios, times].join('  ')
      }),
    )
    expect(figures[0]).toMatch(new RegExp(`  verdicts ${ROUNDS}  rounds without one 0$`))
  })

  it('has been given websites that were changed', async () => {
    const { lines } = whole
    const lineOf = (website: number) => lines.find((line) => line.startsWith(websites[website] ?? '?')) ?? ''
    // Disabled from 5 s after a round, which came to nothing, up to 52.5 s after the third round from there.
    expect(lineOf(CHANGED.paused)).toMatch(/missing \d*[1-9]\d* ms {2}disabled 227500 ms .* rounds without one 1$/)
    expect(lineOf(CHANGED.rare)).toMatch(/ missing 0 ms {2}disabled 0 ms {2}verdicts 17 /)
    expect(lineOf(CHANGED.late)).toMatch(/ verdicts 10 /)
    expect(lineOf(CHANGED.deleted)).toBe('')
    const changes = (await rowsOf('changes')).map(({ website, ...change }) => [
      websites.indexOf(String(website)),
      change['enabled'],
      change['deleted'],
      change['every_rounds'],
    ])
    expect(changes.filter(([website]) => Number(website) >= CHANGED.paused)).toEqual([
      [CHANGED.paused, true, false, 1],
      [CHANGED.paused, false, false, 1],
      [CHANGED.paused, true, false, 1],
      [CHANGED.rare, true, false, 1],
      [CHANGED.rare, true, false, 3],
      [CHANGED.rare, true, false, 2],
      [CHANGED.deleted, true, false, 1],
      [CHANGED.deleted, true, true, 1],
      [CHANGED.late, true, false, 1],
    ])
  })

  it('comes to the balances, for here all websites are of one owner', async () => {
    const { lines } = whole
    const earned = lines.flatMap((line) => {
      const [, publicKey, ticks, lamports, unknown] =
        /^(\w+) {2}ticks (\d+) {2}lamports (\d+) {2}ticks of unknown reward (\d+)$/.exec(line) ?? []
      return publicKey ? [{ publicKey, ticks, lamports, unknown }] : []
    })
    const validators = await hub.parts.store.prisma.validator.findMany()
    expect(earned.sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1))).toEqual(
      validators
        .map(({ publicKey, pendingPayouts }) => ({
          publicKey,
          ticks: String(pendingPayouts / hub.parts.settings.tickRewardLamports),
          lamports: String(pendingPayouts),
          unknown: '0',
        }))
        .sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1)),
    )
    const ofOneRound = await recompute('--from', roundText(5), '--to', roundText(6))
    expect(ofOneRound.lines.filter((line) => / lamports 800 /.test(line))).toHaveLength(2)
    expect(ofOneRound.lines).toHaveLength(SHOWN + 2 + 1)
  })

  it('counts answers apart whose round does not say what it paid', async () => {
    const withoutReward = (lines: string[]) =>
      lines.map((line) => line.replace(/"reward_(rule|lamports)":"[^"]+"/g, '"reward_$1":null'))
    const rosters = await readFile(history.inFolder('rosters'), 'utf8')
    await writeFile(history.inFolder('rosters'), withoutReward([rosters]).join(''))
    const { code, lines } = await recomputeWith('ticks', withoutReward)
    await writeFile(history.inFolder('rosters'), rosters)
    expect(code).toBe(0)
    expect(lines.filter((line) => / ticks (\d+) {2}lamports 0 {2}ticks of unknown reward \1$/.test(line))).toHaveLength(
      VALIDATORS,
    )
  })

  it('knows the order of the leaves that earlier versions had', async () => {
    const leavesOf = new Map<string, Buffer[]>()
    for (const { website, round_at, leaf } of await rowsOf('ticks')) {
      const place = `${String(website)} ${String(round_at)}`
      leavesOf.set(place, [...(leavesOf.get(place) ?? []), Buffer.from(String(leaf), 'hex')])
    }
    const { code, lines } = await recomputeWith('verdicts', (rows) =>
      rows.map((line) => {
        const row = JSON.parse(line) as Row
        const leaves = leavesOf.get(`${String(row['website'])} ${String(row['round_at'])}`)
        const root = leaves ? treeHash(leaves).toString('hex') : null
        return JSON.stringify({ ...row, rule: 'networks-v1', root })
      }),
    )
    expect(lines.filter((line) => line.startsWith('WRONG'))).toEqual([])
    expect(code).toBe(0)
  })

  it('was given what owners see', async () => {
    const nodes = await readOwnersView(hub, roundText(0), roundText(ROUNDS + 1))
    const seen = nodes.flatMap(({ id, verdicts }) =>
      verdicts.edges.map(({ node: { failures, ...verdict } }): Row => ({
        website: id,
        ...verdict,
        ...Object.fromEntries(failures.map(({ failure, count }) => [`failures_${failure.toLowerCase()}`, count])),
      })),
    )
    const exported = await rowsOf('verdicts')
    expect(seen).toHaveLength(exported.length)
    for (const verdict of seen) {
      const row = exported.find(
        (one) => one['website'] === verdict['website'] && one['round_at'] === verdict['round_at'],
      )
      expect(row).toMatchObject(verdict)
    }
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
  const everySecondRound = (lines: string[]) =>
    lines.with(0, lines[0]?.replace('"every_rounds":1', '"every_rounds":2') ?? '')
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
    ['a verdict has another p95', 'verdicts', changed(() => ({ p95_latency_us: 1 })), /p95_latency_us is/],
    ['a verdict has another root', 'verdicts', changed(() => ({ root: '00'.repeat(32) })), /root is [0-9a-f]{64},/],
    [
      'a verdict is there twice',
      'verdicts',
      (lines: string[]) => lines.flatMap((line) => (isLate(line) ? [line, line] : [line])),
      /more than one/,
    ],
    ['a verdict lasts longer', 'verdicts', changed(() => ({ lasts_ms: 120_000 })), /an earlier verdict stands for/],
    ['a website was checked less often', 'changes', everySecondRound, /60000 ms is not until its next turn/],
    ['nobody says when a website was enabled', 'changes', (lines: string[]) => lines.slice(1), /is not in the log/],
    ['a verdict is of another rule', 'verdicts', changed(() => ({ rule: 'mine-v1' })), /mine-v1/],
    ['a tick says the contrary', 'ticks', changed(contrary), /votes is \d/],
    ['a tick has another leaf', 'ticks', changed(() => ({ leaf: '11'.repeat(32) })), /root is/],
    ['a tick is missing', 'ticks', without, /answered is 2, and the export says 3/],
    ['a tick earns more', 'ticks', changed(() => ({ reward_lamports: '101' })), /earns 100, and that of \S+ 101$/],
    ['a round pays one more', 'rosters', changed(() => ({ reward_lamports: '101' })), /pays in two ways/],
    ['a round pays by another rule', 'rosters', changed(() => ({ reward_rule: 'mine-v1' })), /paid by mine-v1/],
    ['a tick is set aside', 'ticks', changed(() => ({ set_aside: true })), /votes_set_aside is 1/],
    ['a tick is of another network', 'ticks', changed(more('network')), /is in two networks/],
    ['a tick is of another key', 'ticks', changed(() => ({ public_key: '1'.repeat(32) })), /has two keys$/],
    ['a tick is of a stranger', 'ticks', changed(() => ({ validator: 'x' })), /without being asked/],
    ['somebody was not asked', 'rosters', without, /asked is 3, and the export says 4/],
    ['somebody was asked elsewhere', 'rosters', changed(() => ({ network: 9 })), /network_count is 4, and/],
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
