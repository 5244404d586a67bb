import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { BusEvents } from '../bus.js'
import type { Incident, Website } from '../generated/prisma/client.js'
import { ownerActor } from '../testing/owner/parts.js'
import { acknowledgeIncident } from './acknowledge-incident.js'
import { addIncidentNote, NOTES_MAX } from './add-incident-note.js'
import { createTestIncidents, storedIncidents } from '../testing/incident/incidents.js'
import { storedState } from '../testing/stored-state.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
afterAll(() => parts.store.close())
const userId = await records.addOwner('owner')
const strangerId = await records.addOwner('stranger')
let heard: BusEvents['incidentChanged'][] = []
parts.bus.subscribe('incidentChanged', (event) => heard.push(event))
let website: Website
let incident: Incident
let count = 0

beforeEach(async () => {
  count += 1
  website = await records.addWebsite(userId, `site-${count}`)
  await records.play(website, 'BB')
  incident = await current()
  parts.clock.advance(1_000)
  heard = []
})

async function current(): Promise<Incident> {
  const [found] = await records.incidentsOf(website)
  if (!found) throw new Error('no incident was opened')
  return found
}

const note = (words: string, owner = userId, id = incident.id) =>
  addIncidentNote(parts, ownerActor(owner), { id, note: words })
const acknowledge = (owner = userId, id = incident.id) => acknowledgeIncident(parts, ownerActor(owner), id)
const NOBODYS = '01900000-0000-7000-8000-000000000000'

describe('addIncidentNote', () => {
  it('puts the words into the timeline, under a revision of their own', async () => {
    const outcome = await note(' The disk\nis full. ')
    const now = new Date(parts.clock.now())
    expect(outcome).toMatchObject({ kind: 'added', incident: { ...incident, revision: 2 } })
    expect(await current()).toEqual({ ...incident, revision: 2 })
    expect((await records.entriesOf(incident.id)).slice(1)).toMatchObject([
      { kind: 'NOTE', note: 'The disk\nis full.', userId, at: now, roundAt: null },
    ])
    expect(heard).toEqual([{ incidentId: incident.id, websiteId: website.id, userId }])
  })

  it('takes any number, on a closed one too, and keeps their order', async () => {
    await records.play(website, 'GG')
    for (const words of ['one', 'two', 'three']) {
      parts.clock.advance(1)
      expect(await note(words)).toMatchObject({ kind: 'added' })
    }
    expect((await records.entriesOf(incident.id)).map((entry) => entry.note)).toEqual([
      null,
      null,
      'one',
      'two',
      'three',
    ])
    expect((await current()).revision).toBe(5)
  })

  it('loses no revision to notes at the same time, nor to a round', async () => {
    await Promise.all([...Array.from({ length: 10 }, (_, index) => note(`${index}`)), records.play(website, 'GG')])
    expect((await current()).revision).toBe(12)
    expect(await records.entriesOf(incident.id)).toHaveLength(12)
  })

  it('takes as many characters as it says', async () => {
    expect(await note('a'.repeat(4_000))).toMatchObject({ kind: 'added' })
    expect(await note('👋 \t\r\n é')).toMatchObject({ kind: 'added' })
  })

  it.each([
    ['INVALID_NOTE', ''],
    ['INVALID_NOTE', ' \n\t '],
    ['INVALID_NOTE', 'a'.repeat(4_001)],
    ['INVALID_NOTE', 'a\u0000b'],
    ['INVALID_NOTE', 'a\u001bb'],
    ['INVALID_NOTE', 'a\ud800b'],
  ])('refuses with %s and changes nothing', async (reason, words) => {
    const before = await storedIncidents(parts)
    expect(await note(words)).toMatchObject({
      kind: 'refused',
      reason,
      field: 'note',
      message: expect.stringMatching(/^note must/),
    })
    expect(await storedIncidents(parts)).toEqual(before)
    expect(heard).toEqual([])
  })
})

describe('an incident with as many notes as it may have', () => {
  beforeEach(async () => {
    const at = new Date(parts.clock.now())
    const notes = Array.from({ length: NOTES_MAX - 1 }, () => {
      return { incidentId: incident.id, at, kind: 'NOTE', userId, note: 'a' } as const
    })
    await parts.store.prisma.incidentEvent.createMany({ data: notes })
    await note('the last')
    heard = []
  })

  it('takes no more and changes nothing', async () => {
    const before = await storedState(parts.store)
    expect(await note('one more')).toMatchObject({ kind: 'refused', reason: 'TOO_MANY_NOTES' })
    expect(await storedState(parts.store)).toEqual(before)
    expect(heard).toEqual([])
  })

  it('can still be acknowledged, closed and opened again', async () => {
    expect(await acknowledge()).toMatchObject({ kind: 'acknowledged' })
    await records.play(website, 'GGBB')
    expect(await current()).toMatchObject({ reopenedCount: 1 })
  })

  it('takes its last one once when two come at a time', async () => {
    const last = await parts.store.prisma.incidentEvent.findFirstOrThrow({
      where: { note: 'the last' },
      orderBy: { id: 'desc' },
    })
    await parts.store.prisma.incidentEvent.delete({ where: { id: last.id } })
    const answers = await Promise.all([note('one'), note('two')])
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['added', 'refused'])
  })
})

describe('acknowledgeIncident', () => {
  it('counts the first time and changes nothing again', async () => {
    const acknowledged = {
      ...incident,
      acknowledgedAt: new Date(parts.clock.now()),
      acknowledgedBy: userId,
      revision: 2,
    }
    expect(await acknowledge()).toEqual({ kind: 'acknowledged', incident: acknowledged })
    const before = await storedIncidents(parts)
    parts.clock.advance(1_000)
    expect(await acknowledge()).toEqual({ kind: 'acknowledged', incident: acknowledged })
    expect(await storedIncidents(parts)).toEqual(before)
    expect((await records.entriesOf(incident.id)).map(({ kind }) => kind)).toEqual(['OPENED', 'ACKNOWLEDGED'])
    expect(heard).toHaveLength(1)
  })

  it('counts once when asked many times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => acknowledge()))
    expect(await records.entriesOf(incident.id)).toHaveLength(2)
    expect(heard).toHaveLength(1)
  })

  it('takes a closed one, and stays when it is opened again', async () => {
    await records.play(website, 'GG')
    await acknowledge()
    await records.play(website, 'BB')
    expect(await current()).toMatchObject({ reopenedCount: 1, acknowledgedBy: userId, revision: 4 })
  })
})

it("refuses somebody else's, one that never was and a malformed id alike, and changes nothing", async () => {
  const before = await storedIncidents(parts)
  const answers = await Promise.all([
    note('a', strangerId),
    note('a', userId, NOBODYS),
    note('a', userId, "'; DROP TABLE"),
    acknowledge(strangerId),
    acknowledge(userId, NOBODYS),
    acknowledge(userId, "'; DROP TABLE"),
  ])
  expect(answers[0]).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND' })
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await storedIncidents(parts)).toEqual(before)
  expect(heard).toEqual([])
})

it('does nothing for a token that only reads', async () => {
  const readOnly = { ...ownerActor(userId), access: 'READ_ONLY' } as const
  const before = await storedState(parts.store)
  for (const doing of [
    () => addIncidentNote(parts, readOnly, { id: incident.id, note: 'a' }),
    () => acknowledgeIncident(parts, readOnly, incident.id),
  ]) {
    await expect(doing()).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } })
  }
  expect(await storedState(parts.store)).toEqual(before)
  expect(heard).toEqual([])
})
