import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { MINUTE_MS } from '../time.js'
import { advanceIncidents } from './advance-incidents.js'
import { findChangedIncidents } from './find-changed-incidents.js'
import { SIGHTINGS_MAX, unpackSightings } from './sightings.js'
import { createTestIncidents, storedIncidents, testAnswer, testClosing } from '../testing/incident/incidents.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
const { prisma } = parts.store
afterAll(() => parts.store.close())
const userId = await records.addOwner('owner')
let website: Website
let count = 0
let r0: number

beforeEach(async () => {
  count += 1
  website = await records.addWebsite(userId, `site-${count}`)
  r0 = Math.ceil((parts.clock.now() + 1) / MINUTE_MS) * MINUTE_MS
})

const at = (round: number) => new Date(r0 + round * MINUTE_MS)
const closeOf = (round: number) => new Date(at(round).getTime() + 45_000)
const runOf = ({ no }: Website) => prisma.websiteRun.findUnique({ where: { websiteNo: no } })

describe('advanceIncidents', () => {
  it('opens, closes and reopens, with an entry for each', async () => {
    await records.play(website, 'GBB')
    const [opened, ...none] = await records.incidentsOf(website)
    expect(none).toEqual([])
    expect(opened).toMatchObject({ startedAt: at(1), openedAt: at(2), endedAt: null, end: null, revision: 1 })
    await records.play(website, 'GG')
    expect(await records.incidentsOf(website)).toEqual([
      { ...opened, endedAt: at(3), closedAt: at(4), end: 'RECOVERED', revision: 2 },
    ])
    await records.play(website, 'BB')
    expect(await records.incidentsOf(website)).toEqual([{ ...opened, reopenedCount: 1, revision: 3 }])
    await records.play(website, 'GG')
    const closed = { endedAt: at(7), closedAt: at(8), end: 'RECOVERED', reopenedCount: 1, revision: 4 }
    expect(await records.incidentsOf(website)).toEqual([{ ...opened, ...closed }])
    expect(await records.entriesOf(opened?.id ?? '')).toMatchObject([
      { kind: 'OPENED', roundAt: at(2), at: closeOf(2) },
      { kind: 'CLOSED', roundAt: at(4), at: closeOf(4) },
      { kind: 'REOPENED', roundAt: at(6), at: closeOf(6) },
      { kind: 'CLOSED', roundAt: at(8), at: closeOf(8) },
    ])
  })

  it('makes one incident of BBGG twenty times over', async () => {
    await records.play(website, 'BBGG'.repeat(20))
    const incidents = await records.incidentsOf(website)
    expect(incidents).toMatchObject([
      { startedAt: at(0), openedAt: at(1), endedAt: at(78), closedAt: at(79), reopenedCount: 19, revision: 40 },
    ])
    expect(await records.entriesOf(incidents[0]?.id ?? '')).toHaveLength(40)
  })

  it('opens another when the new run begins later than ten minutes after the close', async () => {
    await records.play(website, `BBGG${'I'.repeat(10)}BB`)
    expect(await records.incidentsOf(website)).toMatchObject([
      { startedAt: at(0), end: 'RECOVERED' },
      { startedAt: at(14), openedAt: at(15), endedAt: null, reopenedCount: 0 },
    ])
  })

  it('goes by what each website asks for, as it is at the close', async () => {
    const other = await records.addWebsite(userId, `other-${count}`)
    const patient = { ...website, badToOpen: 3, goodToClose: 1 }
    for (const [round, letter] of ['B', 'B', 'B', 'G'].entries()) {
      await records.close(r0 + round * MINUTE_MS, [
        { website: patient, letter },
        { website: { ...other, badToOpen: 1 }, letter },
      ])
    }
    expect(await records.incidentsOf(website)).toMatchObject([{ openedAt: at(2), closedAt: at(3) }])
    expect(await records.incidentsOf(other)).toMatchObject([{ openedAt: at(0), closedAt: null }])
  })

  it('forgets a website that is well', async () => {
    await records.play(website, 'BG')
    expect(await runOf(website)).toBeNull()
    await records.play(website, 'BBGG')
    expect(await runOf(website)).not.toBeNull()
    await records.play(website, 'G'.repeat(10))
    expect(await runOf(website)).toBeNull()
  })

  it('undoes all of it with the closing that fails', async () => {
    await records.play(website, 'B')
    const before = await storedIncidents(parts)
    const failing = parts.store.transaction(async (sql) => {
      await advanceIncidents(sql, testClosing(r0 + MINUTE_MS, [{ website, letter: 'B' }]))
      throw new Error('a later step failed')
    })
    await expect(failing).rejects.toThrow('a later step failed')
    expect(await storedIncidents(parts)).toEqual(before)
  })
})

describe('an entry', () => {
  it('keeps what each validator saw, and the failure of most', async () => {
    await records.play(website, 'B')
    const answers = [
      testAnswer(1),
      testAnswer(2, 'TLS'),
      { ...testAnswer(3, 'TIMEOUT'), setAside: true },
      { ...testAnswer(4, 'TIMEOUT'), latencyUs: 10_000_000 },
    ]
    await records.close(r0 + MINUTE_MS, [{ website, letter: 'B', answers }])
    const [incident] = await records.incidentsOf(website)
    expect(incident?.failure).toBe('TIMEOUT')
    expect(await records.entriesOf(incident?.id ?? '')).toMatchObject([
      {
        failure: 'TIMEOUT',
        sightings: {
          seen: '1 Good 120000\n2 TLS -\n3 TIMEOUT - aside\n4 TIMEOUT 10000000',
          left: 0,
        },
      },
    ])
  })

  it('keeps so many and says how many more there were', async () => {
    await records.play(website, 'B')
    const answers = Array.from({ length: SIGHTINGS_MAX + 7 }, (_, index) => testAnswer(index + 1, 'DNS'))
    await records.close(r0 + MINUTE_MS, [{ website, letter: 'B', answers }])
    const [entry] = await records.entriesOf((await records.incidentsOf(website))[0]?.id ?? '')
    const { seen, leftOut } = unpackSightings(entry?.sightings)
    expect([seen.length, leftOut]).toEqual([SIGHTINGS_MAX, 7])
    expect(seen.at(-1)).toEqual(answers[SIGHTINGS_MAX - 1])
  })
})

describe('the statements of a closing', () => {
  async function many(size: number) {
    const websites: Website[] = []
    while (websites.length < size) websites.push(await records.addWebsite(userId, `many-${count}-${websites.length}`))
    return (round: number, letter: string) =>
      records.close(
        r0 + round * MINUTE_MS,
        websites.map((one) => ({ website: one, letter })),
      )
  }

  it('are as many for fifty websites as for two, whatever happens to them', async () => {
    const few = await many(2)
    const lot = await many(50)
    const counts: number[][] = []
    for (const [round, letter] of 'GBBBGGBBGG'.split('').entries()) {
      counts.push([(await few(round, letter)).length, (await lot(round, letter)).length])
    }
    expect(counts.filter(([a, b]) => a !== b)).toEqual([])
    expect(Math.max(...counts.flat())).toBeLessThanOrEqual(7)
  })

  it.each([
    ['all is well', ''],
    ['all is down', 'BB'],
    ['all was down a moment ago', 'BBGG'],
    ['nothing can be said', 'BI'],
  ])('write nothing while %s and stays so', async (_what, before) => {
    const close = await many(3)
    for (const [round, letter] of before.split('').entries()) await close(round, letter)
    const stored = await storedIncidents(parts)
    const statements = await close(before.length, before.at(-1) ?? 'G')
    expect(statements.filter((text) => !/^\s*SELECT /.test(text))).toEqual([])
    expect(statements).toHaveLength(2)
    expect(await storedIncidents(parts)).toEqual(stored)
  })
})

describe('findChangedIncidents', () => {
  it('tells which incidents a round has changed, on whichever hub it is asked', async () => {
    const other = await records.addWebsite(userId, `other-${count}`)
    const close = (round: number, letters: string) =>
      records.close(r0 + round * MINUTE_MS, [
        { website, letter: letters.charAt(0) },
        { website: other, letter: letters.charAt(1) },
      ])
    const changed = async (round: number) =>
      (await findChangedIncidents(parts.store, r0 + round * MINUTE_MS)).map(({ websiteId, userId: owner }) => {
        expect(owner).toBe(userId)
        return websiteId === website.id ? 'a' : 'b'
      })
    for (const [round, letters] of ['BG', 'BB', 'BB', 'GB', 'GG', 'GG'].entries()) await close(round, letters)
    const rounds = await Promise.all([0, 1, 2, 3, 4, 5].map(changed))
    expect(rounds.map((letters) => letters.join(''))).toEqual(['', 'a', 'b', '', 'a', 'b'])
  })

  it('is not led astray by rounds that are closed late and all at once', async () => {
    const closedAt = r0 + 60 * MINUTE_MS
    parts.clock.moveTo(closedAt)
    const late = (round: number, letter: string) =>
      records.closeAt(closedAt, r0 + round * MINUTE_MS, [{ website, letter }])
    for (const [round, letter] of ['B', 'B', 'G', 'G', 'B', 'B'].entries()) await late(round, letter)
    const [incident] = await records.incidentsOf(website)
    const kinds = (await records.entriesOf(incident?.id ?? '')).map(({ kind }) => kind)
    expect(kinds).toEqual(['OPENED', 'CLOSED', 'REOPENED'])
    const found = await Promise.all([1, 3, 5].map((round) => findChangedIncidents(parts.store, r0 + round * MINUTE_MS)))
    const told = [{ incidentId: incident?.id, websiteId: website.id, userId }]
    expect(found).toEqual([told, told, told])
  })
})
