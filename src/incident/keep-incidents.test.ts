import { ownerActor } from '../testing/owner/parts.js'
import { pino } from 'pino'
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { BusEvents } from '../bus.js'
import type { Website } from '../generated/prisma/client.js'
import { breakable } from '../testing/store-wrappers.js'
import { deleteWebsite } from '../website/delete-website.js'
import { updateWebsite } from '../website/update-website.js'
import { type IncidentKeeper, keepIncidents } from './keep-incidents.js'
import { createTestIncidents, storedIncidents } from '../testing/incident/incidents.js'
import { eventually } from '../testing/eventually.js'

const records = await createTestIncidents(inject('template'))
const { parts } = records
afterAll(() => parts.store.close())
const userId = await records.addOwner('owner')
let website: Website
let heard: BusEvents['incidentChanged'][]
let waiting: (() => void)[]
let keeper: IncidentKeeper | null
let stopHearing: () => void
let count = 0

beforeEach(async () => {
  count += 1
  website = await records.addWebsite(userId, `site-${count}`)
  heard = []
  waiting = []
  keeper = null
  stopHearing = parts.bus.subscribe('incidentChanged', (event) => {
    heard.push(event)
    for (const wake of waiting.splice(0)) wake()
  })
})
afterEach(async () => {
  stopHearing()
  await keeper?.close()
  if (parts.bus.listenerCount() !== 0) throw new Error('somebody still listens')
})

const nextNews = () => new Promise<void>((resolve) => waiting.push(resolve))
const disable = () => updateWebsite(parts, ownerActor(userId), { id: website.id, changes: { enabled: false } })

async function expectHeard(times: number): Promise<void> {
  const [incident] = await records.incidentsOf(website)
  expect(heard).toEqual(
    Array.from({ length: times }, () => ({ incidentId: incident?.id, websiteId: website.id, userId })),
  )
}

describe('keepIncidents', () => {
  it('ends at once what disabling ends, and tells of it', async () => {
    await records.play(website, 'BB')
    keeper = await keepIncidents(parts)
    const news = nextNews()
    await disable()
    await news
    await expectHeard(1)
    expect(await records.incidentsOf(website)).toMatchObject([{ end: 'DISABLED' }])
  })

  it('ends at once what deleting ends', async () => {
    await records.play(website, 'BB')
    keeper = await keepIncidents(parts)
    const news = nextNews()
    await deleteWebsite(parts, ownerActor(userId), { id: website.id })
    await news
    expect(await records.incidentsOf(website)).toMatchObject([{ end: 'DELETED' }])
  })

  it('catches up at its start with what nobody took notice of', async () => {
    await records.play(website, 'BB')
    await disable()
    await updateWebsite(parts, ownerActor(userId), { id: website.id, changes: { enabled: true } })
    expect(await records.incidentsOf(website)).toMatchObject([{ end: null }])
    keeper = await keepIncidents(parts)
    await expectHeard(1)
    expect(await records.incidentsOf(website)).toMatchObject([{ end: 'DISABLED' }])
  })

  it('tells of what each round has changed, and of nothing else', async () => {
    keeper = await keepIncidents(parts)
    const told: number[] = []
    for (const letter of 'BBBGGG') {
      await records.play(website, letter)
      await keeper.close()
      told.push(heard.length)
      keeper = await keepIncidents(parts)
    }
    expect(told).toEqual([0, 1, 1, 1, 2, 2])
    await expectHeard(2)
  })

  it('ends many that are disabled at the same time', async () => {
    const many = await Promise.all([1, 2, 3, 4, 5].map((no) => records.addWebsite(userId, `many-${count}-${no}`)))
    await records.play(website, 'B')
    for (const one of many) await records.play({ ...one, badToOpen: 1 }, 'B')
    keeper = await keepIncidents(parts)
    await Promise.all(
      many.map(({ id }) => updateWebsite(parts, ownerActor(userId), { id, changes: { enabled: false } })),
    )
    await keeper.close()
    for (const one of many) expect(await records.incidentsOf(one)).toMatchObject([{ end: 'DISABLED' }])
    expect(heard).toHaveLength(many.length)
  })

  it('closes when what is under way is done, and is deaf from then on', async () => {
    await records.play(website, 'BB')
    keeper = await keepIncidents(parts)
    await disable()
    await keeper.close()
    const stored = await storedIncidents(parts)
    expect(stored.incidents.find(({ websiteNo }) => websiteNo === website.no)?.end).toBe('DISABLED')
    const other = await records.addWebsite(userId, `other-${count}`)
    await records.play(other, 'BB')
    await deleteWebsite(parts, ownerActor(userId), { id: other.id })
    expect(await records.incidentsOf(other)).toMatchObject([{ end: null }])
  })

  it('goes on when the database was away for a moment', async () => {
    await records.play(website, 'BB')
    const store = breakable(parts.store)
    const errors: unknown[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(JSON.parse(line)) })
    keeper = await keepIncidents({ ...parts, store, log })
    store.away = true
    await disable()
    await eventually(() => expect(errors).toMatchObject([{ msg: expect.stringContaining('the next round does it') }]))
    store.away = false
    const news = nextNews()
    await updateWebsite(parts, ownerActor(userId), { id: website.id, changes: { name: 'again' } })
    await news
    await expectHeard(1)
  })
})
