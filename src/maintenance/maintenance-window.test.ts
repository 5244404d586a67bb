import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { BusEvents } from '../bus.js'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'
import { deleteWebsite } from '../website/delete-website.js'
import { createMaintenanceWindow, type NewMaintenanceWindow } from './create-maintenance-window.js'
import { deleteMaintenanceWindow } from './delete-maintenance-window.js'
import { findInMaintenance } from './find-in-maintenance.js'
import { isOver, isRunning, nextTimesOf, standingAt } from './standing-windows.js'
import { updateMaintenanceWindow, type WindowUpdate } from './update-maintenance-window.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma, sql } = parts.store
const userId = await addTestUser(parts, 'owner@example.com')
const strangerId = await addTestUser(parts, 'stranger@example.com')
const UNKNOWN = '01900000-0000-7000-8000-000000000000'
const WEEKLY = { weekdays: [7], startTime: '13:00', endTime: '15:00' }
const BACKUP = { name: 'Backup', timeZone: 'Europe/Berlin', times: { weekly: WEEKLY } }
const ONE_OFF = { startsAt: '2026-11-22T23:30', endsAt: '2026-11-23T00:30' }
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

function create(input: Partial<NewMaintenanceWindow> = {}, owner = userId) {
  return createMaintenanceWindow(parts, ownerActor(owner), { websiteId, ...BACKUP, ...input })
}

function update(id: string, changes: WindowUpdate['changes'], owner = userId) {
  return updateMaintenanceWindow(parts, ownerActor(owner), { id, changes })
}

function remove(id: string, owner = userId) {
  return deleteMaintenanceWindow(parts, ownerActor(owner), { id })
}

async function created(input: Partial<NewMaintenanceWindow> = {}) {
  const outcome = await create(input)
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.window
}

const rows = () => prisma.maintenanceWindow.findMany({ orderBy: { id: 'asc' } })
const entries = () =>
  prisma.auditEntry.findMany({ where: { subjectKind: 'MaintenanceWindow' }, orderBy: { id: 'asc' } })

async function standing(now = parts.clock.now()) {
  const { where, orderBy } = standingAt(now)
  const found = await prisma.maintenanceWindow.findMany({ where: { ...where, websiteId }, orderBy })
  return found.filter((window) => !isOver(window, now))
}

const at = (text: string) => Date.parse(text)
const isInMaintenance = async (instant: number) => (await findInMaintenance(sql, instant)).has(websiteId)

describe('createMaintenanceWindow', () => {
  it('keeps what was said, from this instant on', async () => {
    const now = new Date(parts.clock.now())
    const window = await created({ name: ' Backup ', times: { weekly: { ...WEEKLY, weekdays: [7, 1] } } })
    const row = await prisma.maintenanceWindow.findUniqueOrThrow({ where: { id: window.id } })
    expect(row).toEqual({
      id: window.id,
      websiteId,
      name: 'Backup',
      kind: 'WEEKLY',
      timeZone: 'Europe/Berlin',
      ...WEEKLY,
      weekdays: [1, 7],
      startsAt: null,
      endsAt: null,
      createdAt: now,
      changedAt: null,
      deletedAt: null,
    })
    expect(window).toEqual(row)
    expect(isRunning(window, now.getTime())).toBe(true)
    expect(nextTimesOf(window, now.getTime())).toEqual({
      startsAt: at('2026-11-23T12:00Z'),
      endsAt: at('2026-11-22T14:00Z'),
    })
    expect(await standing()).toEqual([window])
    expect(await entries()).toMatchObject([{ action: 'createMaintenanceWindow', userId, subjectId: window.id }])
    expect(heard).toEqual([{ websiteId, userId, cause: 'UPDATED' }])
    expect(await findInMaintenance(sql, now.getTime() - 1)).toEqual(new Set())
    expect(await findInMaintenance(sql, now.getTime())).toEqual(new Set([websiteId]))
    await prisma.maintenanceWindow.deleteMany()
  })

  it('keeps a one-off until it is over', async () => {
    const window = await created({ times: { oneOff: ONE_OFF }, timeZone: 'Asia/Kathmandu' })
    const { createdAt, id } = window
    expect(window).toMatchObject({ kind: 'ONE_OFF', ...ONE_OFF, weekdays: [], startTime: null, endTime: null })
    expect(isRunning(window, parts.clock.now())).toBe(false)
    const last = at('2026-11-22T18:44:59.999Z')
    expect(nextTimesOf(window, last)).toEqual({ startsAt: null, endsAt: last + 1 })
    expect(await standing(last)).toEqual([window])
    expect(await standing(last + 1)).toEqual([])
    expect(await prisma.maintenanceWindow.findUnique({ where: { id } })).toMatchObject({ createdAt, deletedAt: null })
  })

  it('takes 50 that are not over, also when they come at once', async () => {
    const inserted = await Promise.all(Array.from({ length: 52 }, () => create()))
    expect(inserted.filter(({ kind }) => kind === 'created')).toHaveLength(50)
    expect(inserted.filter(({ kind }) => kind === 'refused')).toEqual(
      Array.from({ length: 2 }, () => expect.objectContaining({ reason: 'TOO_MANY_WINDOWS' })),
    )
    await remove((await standing())[0]?.id ?? '')
    expect(await create()).toMatchObject({ kind: 'created' })
    expect(await create()).toMatchObject({ kind: 'refused', reason: 'TOO_MANY_WINDOWS' })
    expect(await standing()).toHaveLength(50)
  })
})

describe('updateMaintenanceWindow', () => {
  const TOKYO = { timeZone: 'Asia/Tokyo', times: { weekly: { ...WEEKLY, weekdays: [1] } } }

  it('changes times for rounds that begin from now on, and keeps the old ones for those before', async () => {
    const window = await created()
    heard = []
    const madeAt = parts.clock.now()
    parts.clock.advance(60_000)
    const changedAt = parts.clock.now()
    const outcome = await update(window.id, TOKYO)
    const changed = { ...window, timeZone: 'Asia/Tokyo', weekdays: [1], changedAt: new Date(changedAt) }
    expect(outcome).toEqual({ kind: 'updated', window: changed })
    expect(await standing()).toEqual([changed])
    // It was running, and its new times do not include now.
    expect(isRunning(changed, changedAt)).toBe(false)
    expect(await isInMaintenance(madeAt)).toBe(true)
    expect(await isInMaintenance(changedAt - 1)).toBe(true)
    expect(await isInMaintenance(changedAt)).toBe(false)
    expect(await isInMaintenance(at('2026-11-23T04:30Z'))).toBe(true)
    expect(heard).toEqual([{ websiteId, userId, cause: 'UPDATED' }])
    const [entry] = await prisma.auditEntry.findMany({ where: { action: 'updateMaintenanceWindow' } })
    expect(entry).toMatchObject({ userId, subjectId: window.id, detail: 'timeZone, times' })
    parts.clock.advance(-60_000)
  })

  it('lets one that is running go on where its new times include now', async () => {
    const { id } = await created()
    const now = parts.clock.now()
    const times = { oneOff: { startsAt: '2026-11-22T10:00', endsAt: '2026-11-22T18:00' } }
    const outcome = await update(id, { times })
    expect(outcome).toMatchObject({ kind: 'updated', window: { kind: 'ONE_OFF', ...times.oneOff, weekdays: [] } })
    expect(await isInMaintenance(now)).toBe(true)
    expect(await isInMaintenance(at('2026-11-22T16:59:59Z'))).toBe(true)
    expect(await isInMaintenance(at('2026-11-22T17:00:00Z'))).toBe(false)
    // Nothing is counted apart afterwards.
    expect(await isInMaintenance(now - 1)).toBe(false)
  })

  it('renames without a past', async () => {
    const window = await created()
    expect(await update(window.id, { name: ' Other ' })).toEqual({
      kind: 'updated',
      window: { ...window, name: 'Other' },
    })
    expect(await prisma.maintenanceWindow.count({ where: { websiteId } })).toBe(1)
  })

  it.each([{}, { name: 'Backup', times: { weekly: WEEKLY } }, { name: null, timeZone: null, times: null }])(
    'does nothing for what is so already: %j',
    async (changes) => {
      const window = await created()
      heard = []
      const before = [await rows(), await entries()]
      expect(await update(window.id, changes)).toEqual({ kind: 'updated', window })
      expect([await rows(), await entries()]).toEqual(before)
      expect(heard).toEqual([])
    },
  )

  it('loses neither of two changes at the same time', async () => {
    const { id } = await created()
    await Promise.all([update(id, { timeZone: 'UTC' }), update(id, { name: 'Other' })])
    expect(await standing()).toMatchObject([{ id, name: 'Other', timeZone: 'UTC' }])
  })

  it.each<[string, string, WindowUpdate['changes']]>([
    ['INVALID_NAME', 'name', { name: ' ' }],
    ['UNKNOWN_TIME_ZONE', 'timeZone', { timeZone: '+01:00' }],
    ['INVALID_TIMES', 'times.weekly.startTime', { times: { weekly: { ...WEEKLY, startTime: '7pm' } } }],
    ['END_NOT_AFTER_START', 'times.oneOff.endsAt', { times: { oneOff: { ...ONE_OFF, endsAt: ONE_OFF.startsAt } } }],
    [
      'OVER',
      'times.oneOff.endsAt',
      { times: { oneOff: { startsAt: '2026-11-01T00:00', endsAt: '2026-11-02T00:00' } } },
    ],
  ])('refuses and changes nothing: %s at %s', async (reason, field, changes) => {
    const { id } = await created()
    heard = []
    const before = [await rows(), await entries()]
    expect(await update(id, changes)).toMatchObject({ kind: 'refused', reason, field })
    expect([await rows(), await entries()]).toEqual(before)
    expect(heard).toEqual([])
  })

  it('refuses one that is over, whatever is to be changed', async () => {
    const { id } = await created({ times: { oneOff: ONE_OFF } })
    const now = parts.clock.now()
    parts.clock.moveTo(at('2026-11-23T00:00Z'))
    const before = [await rows(), await entries()]
    const outcomes = [await update(id, { name: 'Other' }), await update(id, { times: { weekly: WEEKLY } })]
    parts.clock.moveTo(now)
    expect(outcomes).toMatchObject([
      { reason: 'OVER', field: 'id' },
      { reason: 'OVER', field: 'id' },
    ])
    expect([await rows(), await entries()]).toEqual(before)
  })
})

describe('deleteMaintenanceWindow', () => {
  it('ends it at once, keeps the row and leaves rounds before it as they were', async () => {
    const { id, createdAt } = await created()
    heard = []
    parts.clock.advance(60_000)
    const deletedAt = new Date(parts.clock.now())
    const outcomes = await Promise.all([remove(id), remove(id)])
    // Whichever of them comes first.
    expect(outcomes.toSorted((a, b) => a.kind.localeCompare(b.kind))).toMatchObject([
      { kind: 'deleted', window: { id, deletedAt } },
      { kind: 'refused', reason: 'NOT_FOUND' },
    ])
    expect(await prisma.maintenanceWindow.findUnique({ where: { id } })).toMatchObject({ createdAt, deletedAt })
    expect(await standing()).toEqual([])
    expect(await isInMaintenance(deletedAt.getTime() - 1)).toBe(true)
    expect(await isInMaintenance(deletedAt.getTime())).toBe(false)
    const where = { action: 'deleteMaintenanceWindow', subjectId: id }
    expect(await prisma.auditEntry.findMany({ where })).toMatchObject([{ userId, subjectKind: 'MaintenanceWindow' }])
    expect(heard).toEqual([{ websiteId, userId, cause: 'UPDATED' }])
  })

  it.each(['a stranger’s', 'an unknown', 'a malformed', 'a deleted website’s'])(
    'refuses and changes nothing: %s',
    async (whose) => {
      const { id } = await created()
      if (whose.startsWith('a deleted')) await deleteWebsite(parts, ownerActor(userId), { id: websiteId })
      heard = []
      const before = [await rows(), await entries()]
      const owner = whose.startsWith('a stranger') ? strangerId : userId
      const asked = { 'an unknown': UNKNOWN, 'a malformed': "'; DROP" }[whose] ?? id
      expect(await remove(asked, owner)).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND', field: 'id' })
      expect(await update(asked, { name: 'Other' }, owner)).toMatchObject({ reason: 'NOT_FOUND', field: 'id' })
      expect([await rows(), await entries()]).toEqual(before)
      expect(heard).toEqual([])
    },
  )
})

describe('createMaintenanceWindow refuses and changes nothing', () => {
  it.each<[string, Partial<NewMaintenanceWindow>, string?]>([
    ['INVALID_NAME', { name: '' }],
    ['UNKNOWN_TIME_ZONE', { timeZone: 'Europe/Atlantis' }],
    ['INVALID_TIMES', { times: { weekly: { ...WEEKLY, endTime: '25:00' } } }],
    ['INVALID_WEEKDAYS', { times: { weekly: { ...WEEKLY, weekdays: [0] } } }],
    ['NOT_FOUND', {}, strangerId],
    ['NOT_FOUND', { websiteId: UNKNOWN }],
    ['NOT_FOUND', { websiteId: 'x' }],
  ])('%s %j', async (reason, input, owner) => {
    const before = [await rows(), await entries()]
    expect(await create(input, owner)).toMatchObject({ kind: 'refused', reason })
    expect([await rows(), await entries()]).toEqual(before)
    expect(heard).toEqual([])
  })

  it('for a token that only reads', async () => {
    const { id } = await created()
    const before = [await rows(), await entries()]
    const reader = { ...ownerActor(userId), access: 'READ_ONLY' } as const
    for (const attempt of [
      () => createMaintenanceWindow(parts, reader, { websiteId, ...BACKUP }),
      () => updateMaintenanceWindow(parts, reader, { id, changes: { name: 'Other' } }),
      () => deleteMaintenanceWindow(parts, reader, { id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } })
    }
    expect([await rows(), await entries()]).toEqual(before)
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
