import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { v7 as uuid } from 'uuid'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import { addTestUser, countOperations, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'
import { deleteWebsite } from '../website/delete-website.js'
import { findInMaintenance } from './find-in-maintenance.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { sql, prisma } = parts.store
const userId = await addTestUser(parts, 'owner@example.com')
const at = (text: string) => Date.parse(text)
const NIGHTLY: Partial<MaintenanceWindow> = {
  kind: 'WEEKLY',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  startTime: '23:00',
  endTime: '01:00',
}
const ONCE: Partial<MaintenanceWindow> = { kind: 'ONE_OFF', startsAt: '2026-11-22T20:00', endsAt: '2026-11-25T06:00' }

beforeEach(async () => {
  await prisma.maintenanceWindow.deleteMany()
})

async function addWebsite() {
  const outcome = await createWebsite(parts, ownerActor(userId), { name: 'Shop', url: 'https://example.com/' })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website.id
}

async function addWindow(websiteId: string, columns: Partial<MaintenanceWindow>) {
  const createdAt = new Date('2026-01-01T00:00:00.000Z')
  await prisma.maintenanceWindow.create({
    data: { websiteId, name: 'Backup', kind: 'WEEKLY', timeZone: 'Europe/Berlin', createdAt, ...columns },
  })
}

describe('findInMaintenance', () => {
  it('finds the websites whose windows hold the instant', async () => {
    const [once, nightly, both, neither] = [
      await addWebsite(),
      await addWebsite(),
      await addWebsite(),
      await addWebsite(),
    ]
    await addWindow(once, ONCE)
    await addWindow(both, ONCE)
    await addWindow(both, NIGHTLY)
    await addWindow(nightly, NIGHTLY)
    await addWindow(neither, { ...NIGHTLY, timeZone: 'Asia/Tokyo' })
    expect(await findInMaintenance(sql, at('2026-11-21T23:59:59.999Z'))).toEqual(new Set([both, nightly]))
    expect(await findInMaintenance(sql, at('2026-11-22T00:00:00.000Z'))).toEqual(new Set())
    expect(await findInMaintenance(sql, at('2026-11-22T19:00:00.000Z'))).toEqual(new Set([once, both]))
    expect(await findInMaintenance(sql, at('2026-11-23T22:30:00.000Z'))).toEqual(new Set([once, both, nightly]))
    expect(await findInMaintenance(sql, at('2026-11-25T05:00:00.000Z'))).toEqual(new Set())
  })

  it('is never retroactive: later windows do not count, and later deletions do not either', async () => {
    const website = await addWebsite()
    await addWindow(website, {
      ...ONCE,
      createdAt: new Date('2026-11-23T12:00:00.000Z'),
      deletedAt: new Date('2026-11-23T13:00:00.000Z'),
    })
    const found = async (text: string) => (await findInMaintenance(sql, at(text))).has(website)
    expect(await found('2026-11-23T11:59:59.999Z')).toBe(false)
    expect(await found('2026-11-23T12:00:00.000Z')).toBe(true)
    expect(await found('2026-11-23T12:59:59.999Z')).toBe(true)
    expect(await found('2026-11-23T13:00:00.000Z')).toBe(false)
  })

  it('leaves out websites that are deleted by then', async () => {
    const website = await addWebsite()
    await addWindow(website, NIGHTLY)
    parts.clock.moveTo(at('2026-11-23T22:30:00.000Z'))
    await deleteWebsite(parts, ownerActor(userId), { id: website })
    expect(await findInMaintenance(sql, at('2026-11-23T22:29:00.000Z'))).toEqual(new Set([website]))
    expect(await findInMaintenance(sql, at('2026-11-23T22:30:00.000Z'))).toEqual(new Set())
  })

  it('passes over a zone that the machine does not know, and sees the others', async () => {
    const [lost, kept] = [await addWebsite(), await addWebsite()]
    await addWindow(lost, { ...NIGHTLY, timeZone: 'Mars/Olympus_Mons' })
    await addWindow(kept, NIGHTLY)
    expect(await findInMaintenance(sql, at('2026-11-23T22:30:00.000Z'))).toEqual(new Set([kept]))
  })

  it('costs one statement for a thousand websites', async () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC', 'Australia/Lord_Howe']
    const ids = Array.from({ length: 1_000 }, () => uuid())
    await sql.query(
      `INSERT INTO "Website" (id, "userId", name, url) SELECT u, $2, 'n', 'https://example.com/' FROM unnest($1::uuid[]) u`,
      [ids, userId],
    )
    await sql.query(
      `INSERT INTO "MaintenanceWindow" (id, "websiteId", name, kind, "timeZone", weekdays, "startTime", "endTime", "createdAt")
       SELECT gen_random_uuid(), u.id, 'n', 'WEEKLY', ($2::text[])[1 + u.n % 5], '{1,3,5,7}',
              lpad((u.n % 24)::text, 2, '0') || ':' || lpad((u.n % 60)::text, 2, '0'), '12:00', '2026-01-01T00:00:00Z'
       FROM unnest($1::uuid[]) WITH ORDINALITY u(id, n)`,
      [ids, zones],
    )
    const { store, count } = countOperations(parts.store)
    const sizes = []
    for (let minute = 0; minute < 10; minute += 1) {
      sizes.push((await findInMaintenance(store.sql, at('2026-10-25T00:55:00.000Z') + minute * 60_000)).size)
    }
    expect(count()).toBe(10)
    expect(Math.min(...sizes)).toBeGreaterThan(50)
  })
})
