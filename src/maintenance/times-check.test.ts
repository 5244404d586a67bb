import { afterAll, expect, inject, it } from 'vitest'
import type { Prisma } from '../generated/prisma/client.js'
import { addTestUser, createTestParts } from '../testing/owner/parts.js'

const parts = await createTestParts(inject('template'))
const { store } = parts
afterAll(() => store.close())
const { prisma } = store
const userId = await addTestUser(parts, 'owner@example.com')
const { id: websiteId } = await prisma.website.create({ data: { userId, name: 'Shop', url: 'https://example.com/' } })
const ONE_OFF = { startsAt: '2026-11-22T23:30', endsAt: '2026-11-23T00:30' }
const WEEKLY = { weekdays: [7], startTime: '13:00', endTime: '15:00' }

it.each([
  { kind: 'ONE_OFF', startsAt: '2026-11-22T00:00' },
  { kind: 'ONE_OFF', ...ONE_OFF, weekdays: [1] },
  { kind: 'WEEKLY', ...WEEKLY, weekdays: [] },
  { kind: 'WEEKLY', ...WEEKLY, endsAt: '2026-11-22T00:00' },
])('the database keeps no window with the times of another kind: %j', async (columns) => {
  const data = { websiteId, name: 'x', timeZone: 'UTC', createdAt: new Date(), ...columns }
  const inserting = prisma.maintenanceWindow.create({ data: data as Prisma.MaintenanceWindowUncheckedCreateInput })
  await expect(inserting).rejects.toThrow('MaintenanceWindow_times_check')
})
