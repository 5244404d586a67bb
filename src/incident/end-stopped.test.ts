import { ownerActor } from '../testing/owner/parts.js'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { MINUTE_MS } from '../time.js'
import { deleteWebsite } from '../website/delete-website.js'
import { updateWebsite } from '../website/update-website.js'
import { endStopped } from './end-stopped.js'
import { createTestIncidents, storedIncidents } from '../testing/incident/incidents.js'

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
/** Five seconds after the clock stood. Resolves with the instant of the change. */
async function enable(enabled: boolean, { id } = website): Promise<Date> {
  parts.clock.advance(5_000)
  await updateWebsite(parts, ownerActor(userId), { id, changes: { enabled } })
  return new Date(parts.clock.now())
}
async function remove({ id } = website): Promise<Date> {
  parts.clock.advance(5_000)
  await deleteWebsite(parts, ownerActor(userId), { id })
  return new Date(parts.clock.now())
}
const runOf = ({ no }: Website) => prisma.websiteRun.findUnique({ where: { websiteNo: no } })

describe('endStopped', () => {
  it.each([
    ['DISABLED', () => enable(false)],
    ['DELETED', () => remove()],
  ])('ends an open incident as %s at the instant of the change, once', async (end, stop) => {
    await records.play(website, 'BB')
    const [opened] = await records.incidentsOf(website)
    const endedAt = await stop()
    parts.clock.advance(30_000)
    expect(await endStopped(parts)).toEqual([{ incidentId: opened?.id, websiteId: website.id, userId }])
    expect(await records.incidentsOf(website)).toEqual([{ ...opened, endedAt, closedAt: endedAt, end, revision: 2 }])
    expect(await records.entriesOf(opened?.id ?? '')).toMatchObject([
      { kind: 'OPENED' },
      { kind: 'CLOSED', at: endedAt, roundAt: null, sightings: null },
    ])
    expect(await runOf(website)).toBeNull()
    const before = await storedIncidents(parts)
    expect(await endStopped(parts)).toEqual([])
    expect(await storedIncidents(parts)).toEqual(before)
  })

  it('takes the first of several changes', async () => {
    await records.play(website, 'BB')
    const endedAt = await enable(false)
    await enable(true)
    await enable(false)
    await remove()
    await endStopped(parts)
    expect(await records.incidentsOf(website)).toMatchObject([{ endedAt, end: 'DISABLED' }])
  })

  it('leaves alone what was changed otherwise or before', async () => {
    await enable(false)
    await enable(true)
    await records.play(website, 'BB')
    parts.clock.advance(5_000)
    await updateWebsite(parts, ownerActor(userId), { id: website.id, changes: { everyRounds: 2, name: 'Other' } })
    const before = await storedIncidents(parts)
    expect(await endStopped(parts)).toEqual([])
    expect(await storedIncidents(parts)).toEqual(before)
  })

  it('forgets a run that has opened nothing', async () => {
    await records.play(website, 'B')
    await enable(false)
    await enable(true)
    expect(await endStopped(parts)).toEqual([])
    await records.play(website, 'B')
    expect(await records.incidentsOf(website)).toEqual([])
    await records.play(website, 'B')
    expect(await records.incidentsOf(website)).toMatchObject([{ startedAt: at(1) }])
  })

  it('ends many at once, and no other', async () => {
    const websites = await Promise.all([1, 2, 3, 4].map((no) => records.addWebsite(userId, `many-${count}-${no}`)))
    const all = websites.map((one) => ({ website: one, letter: 'B' }))
    await records.close(r0, all)
    await records.close(r0 + MINUTE_MS, all)
    for (const one of websites.slice(1)) await enable(false, one)
    expect(await endStopped(parts)).toHaveLength(3)
    expect(await records.incidentsOf(websites[0] ?? website)).toMatchObject([{ endedAt: null }])
    expect(await records.incidentsOf(websites[3] ?? website)).toMatchObject([{ end: 'DISABLED' }])
  })
})

describe('a closing', () => {
  it('catches up with a website that was disabled and enabled again while nobody listened', async () => {
    await records.play(website, 'BB')
    const endedAt = await enable(false)
    await enable(true)
    await records.play(website, 'B')
    const [first, ...others] = await records.incidentsOf(website)
    expect(others).toEqual([])
    expect(first).toMatchObject({ endedAt, end: 'DISABLED', reopenedCount: 0 })
    // What began after the change is another incident, be it ever so soon.
    await records.play(website, 'B')
    expect(await records.incidentsOf(website)).toMatchObject([
      { id: first?.id, reopenedCount: 0 },
      { startedAt: at(2), openedAt: at(3), endedAt: null },
    ])
  })

  it('does not let a website that was disabled reopen what was closed before', async () => {
    await records.play(website, 'BBGG')
    await enable(false)
    await enable(true)
    await records.play(website, 'BB')
    expect(await records.incidentsOf(website)).toMatchObject([
      { end: 'RECOVERED', reopenedCount: 0 },
      { startedAt: at(4), endedAt: null },
    ])
  })

  it('ends an incident of a website that it has no verdict for', async () => {
    await records.play(website, 'BB')
    const endedAt = await remove()
    await records.play(await records.addWebsite(userId, `other-${count}`), 'G')
    expect(await records.incidentsOf(website)).toMatchObject([{ endedAt, end: 'DELETED' }])
  })

  it('counts nothing of a round that began before its website was disabled', async () => {
    const impatient = { ...website, badToOpen: 1 }
    parts.clock.moveTo(r0 + 5_000)
    await enable(false)
    await enable(true)
    await records.close(r0, [{ website: impatient, letter: 'B' }])
    expect(await records.incidentsOf(website)).toEqual([])
    expect(await runOf(website)).toBeNull()
    await records.close(r0 + MINUTE_MS, [{ website: impatient, letter: 'B' }])
    expect(await records.incidentsOf(website)).toMatchObject([{ startedAt: at(1) }])
  })
})
