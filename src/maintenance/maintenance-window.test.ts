import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { BusEvents } from '../bus.js'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'
import { deleteWebsite } from '../website/delete-website.js'
import { createMaintenanceWindow, type NewMaintenanceWindow } from './create-maintenance-window.js'
import { deleteMaintenanceWindow } from './delete-maintenance-window.js'
import { findInMaintenance } from './find-in-maintenance.js'
import { findWindows } from './find-windows.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma, sql } = parts.store
const userId = await addTestUser(parts, 'owner@example.com')
const strangerId = await addTestUser(parts, 'stranger@example.com')
const UNKNOWN = '01900000-0000-7000-8000-000000000000'
const WEEKLY = {
  name: 'Backup',
  kind: 'WEEKLY',
  timeZone: 'Europe/Berlin',
  weekdays: [7],
  startTime: '13:00',
  endTime: '15:00',
} as const
let heard: BusEvents['websiteChanged'][] = []
parts.bus.subscribe('websiteChanged', (event) => heard.push(event))
let websiteId: string

beforeEach(async () => {
  websiteId = await addWebsite()
  heard = []
})

async function addWebsite() {
  const outcome = await createWebsite(parts, ownerActor(userId), { name: 'Shop', url: 'https://example.com/' })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website.id
}

function create(input: Partial<NewMaintenanceWindow> = {}) {
  return createMaintenanceWindow(parts, { userId, websiteId, ...WEEKLY, ...input })
}

async function created(input: Partial<NewMaintenanceWindow> = {}) {
  const outcome = await create(input)
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.window
}

const rows = () => prisma.maintenanceWindow.findMany({ orderBy: { id: 'asc' } })
const standing = async () => (await findWindows(sql, [websiteId], parts.clock.now())).get(websiteId)

describe('createMaintenanceWindow', () => {
  it('keeps what was said, from this instant on', async () => {
    const now = new Date(parts.clock.now())
    const window = await created({ name: ' Backup ', weekdays: [7, 1] })
    const row = await prisma.maintenanceWindow.findUniqueOrThrow({ where: { id: window.id } })
    expect(row).toEqual({
      id: window.id,
      websiteId,
      ...WEEKLY,
      weekdays: [1, 7],
      startsAt: null,
      endsAt: null,
      createdAt: now,
      deletedAt: null,
    })
    expect(window).toEqual({
      ...row,
      running: true,
      nextStart: new Date('2026-11-23T12:00Z'),
      nextEnd: new Date('2026-11-22T14:00Z'),
    })
    expect(await standing()).toEqual([window])
    expect(heard).toEqual([{ websiteId, userId, cause: 'UPDATED' }])
    expect(await findInMaintenance(sql, now.getTime() - 1)).toEqual(new Set())
    expect(await findInMaintenance(sql, now.getTime())).toEqual(new Set([websiteId]))
    await prisma.maintenanceWindow.deleteMany()
  })

  it('keeps a one-off until it is over', async () => {
    const times = { kind: 'ONE_OFF', startsAt: '2026-11-22T23:30', endsAt: '2026-11-23T00:30' } as const
    const left = { weekdays: null, startTime: null, endTime: null }
    const window = await created({ ...times, ...left, timeZone: 'Asia/Kathmandu' })
    const { createdAt, id } = window
    expect(window).toMatchObject({ ...times, weekdays: [], running: false, nextEnd: new Date('2026-11-22T18:45Z') })
    expect(await findWindows(sql, [websiteId], Date.parse('2026-11-22T18:44:59.999Z'))).toEqual(
      new Map([[websiteId, [{ ...window, running: true, nextStart: null }]]]),
    )
    expect(await findWindows(sql, [websiteId], Date.parse('2026-11-22T18:45Z'))).toEqual(new Map([[websiteId, []]]))
    expect(await prisma.maintenanceWindow.findUnique({ where: { id } })).toMatchObject({ createdAt, deletedAt: null })
  })

  it('takes 50 that are not over, also when they come at once', async () => {
    const inserted = await Promise.all(Array.from({ length: 52 }, () => create()))
    expect(inserted.filter(({ kind }) => kind === 'created')).toHaveLength(50)
    expect(inserted.filter(({ kind }) => kind === 'refused')).toEqual(
      Array.from({ length: 2 }, () => expect.objectContaining({ reason: 'TOO_MANY_WINDOWS' })),
    )
    await deleteMaintenanceWindow(parts, { userId, id: (await standing())?.[0]?.id ?? '' })
    expect(await create()).toMatchObject({ kind: 'created' })
    expect(await create()).toMatchObject({ kind: 'refused', reason: 'TOO_MANY_WINDOWS' })
    expect(await standing()).toHaveLength(50)
  })
})

describe('deleteMaintenanceWindow', () => {
  it('ends it at once, keeps the row and leaves rounds before it as they were', async () => {
    const { id, createdAt } = await created()
    heard = []
    parts.clock.advance(60_000)
    const deletedAt = new Date(parts.clock.now())
    const outcomes = await Promise.all([
      deleteMaintenanceWindow(parts, { userId, id }),
      deleteMaintenanceWindow(parts, { userId, id }),
    ])
    // Whichever of them comes first.
    expect(outcomes.toSorted((a, b) => a.kind.localeCompare(b.kind))).toMatchObject([
      { kind: 'deleted', window: { id, deletedAt, running: false, nextStart: null, nextEnd: null } },
      { kind: 'refused', reason: 'NOT_FOUND' },
    ])
    expect(await prisma.maintenanceWindow.findUnique({ where: { id } })).toMatchObject({ createdAt, deletedAt })
    expect(await standing()).toEqual([])
    expect((await findInMaintenance(sql, deletedAt.getTime() - 1)).has(websiteId)).toBe(true)
    expect((await findInMaintenance(sql, deletedAt.getTime())).has(websiteId)).toBe(false)
    expect(heard).toEqual([{ websiteId, userId, cause: 'UPDATED' }])
  })

  it.each(['a stranger’s', 'an unknown', 'a malformed', 'a deleted website’s'])(
    'refuses and changes nothing: %s',
    async (whose) => {
      const { id } = await created()
      if (whose.startsWith('a deleted')) await deleteWebsite(parts, ownerActor(userId), { id: websiteId })
      heard = []
      const before = await rows()
      const outcome = await deleteMaintenanceWindow(parts, {
        userId: whose.startsWith('a stranger') ? strangerId : userId,
        id: { 'an unknown': UNKNOWN, 'a malformed': "'; DROP" }[whose] ?? id,
      })
      expect(outcome).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND' })
      expect(await rows()).toEqual(before)
      expect(heard).toEqual([])
    },
  )
})

describe('createMaintenanceWindow refuses and changes nothing', () => {
  it.each<[string, Partial<NewMaintenanceWindow>]>([
    ['INVALID_NAME', { name: '' }],
    ['UNKNOWN_TIME_ZONE', { timeZone: 'Europe/Atlantis' }],
    ['INVALID_TIMES', { endTime: '25:00' }],
    ['INVALID_WEEKDAYS', { weekdays: [0] }],
    ['NOT_FOUND', { userId: strangerId }],
    ['NOT_FOUND', { websiteId: UNKNOWN }],
    ['NOT_FOUND', { websiteId: 'x' }],
  ])('%s %j', async (reason, input) => {
    const before = await rows()
    expect(await create(input)).toMatchObject({ kind: 'refused', reason })
    expect(await rows()).toEqual(before)
    expect(heard).toEqual([])
  })

  it('NOT_FOUND for a deleted website', async () => {
    await deleteWebsite(parts, ownerActor(userId), { id: websiteId })
    heard = []
    const before = await rows()
    expect(await create()).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND' })
    expect(await rows()).toEqual(before)
    expect(heard).toEqual([])
  })
})
