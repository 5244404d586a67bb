import { afterAll, expect, inject, it } from 'vitest'
import type { BusEvents } from '../bus.js'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { createWebsite } from './create-website.js'
import { deleteWebsite } from './delete-website.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
const userId = await addTestUser(parts, 'owner@example.com')
const strangerId = await addTestUser(parts, 'stranger@example.com')
const heard: BusEvents['websiteChanged'][] = []
parts.bus.subscribe('websiteChanged', (event) => heard.push(event))

async function create() {
  const outcome = await createWebsite(parts, ownerActor(userId), { name: 'Shop', url: 'https://example.com/' })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website
}

it('keeps the rows, with the instant, once', async () => {
  const website = await create()
  parts.clock.advance(60_000)
  const deletedAt = new Date(parts.clock.now())
  const outcomes = await Promise.all([
    deleteWebsite(parts, ownerActor(userId), { id: website.id }),
    deleteWebsite(parts, ownerActor(userId), { id: website.id }),
  ])
  // Whichever of them comes first.
  expect(outcomes.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
    { kind: 'deleted', website: { ...website, deletedAt } },
    expect.objectContaining({ kind: 'refused', reason: 'NOT_FOUND' }),
  ])
  expect(await prisma.website.findUnique({ where: { id: website.id } })).toEqual({ ...website, deletedAt })
  expect(await prisma.websiteCheck.count({ where: { websiteId: website.id } })).toBe(1)
  expect(
    await prisma.websiteChange.findMany({ where: { websiteId: website.id }, orderBy: { id: 'asc' } }),
  ).toMatchObject([{ deleted: false }, { deleted: true, at: deletedAt, enabled: true, checkRevision: 1 }])
  expect(heard.map(({ cause }) => cause)).toEqual(['CREATED', 'DELETED'])
  const entries = await prisma.auditEntry.findMany({ where: { action: 'deleteWebsite' } })
  expect(entries).toMatchObject([{ userId, subjectKind: 'Website', subjectId: website.id, detail: null }])
})

it.each(['stranger', 'unknown', 'malformed'])('refuses and changes nothing: %s', async (who) => {
  const website = await create()
  const entriesBefore = await prisma.auditEntry.count()
  const heardBefore = heard.length
  const outcome = await deleteWebsite(parts, ownerActor(who === 'stranger' ? strangerId : userId), {
    id: { unknown: '01900000-0000-7000-8000-000000000000', malformed: 'x' }[who] ?? website.id,
  })
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND' })
  expect(await prisma.website.findUnique({ where: { id: website.id } })).toEqual(website)
  expect(await prisma.websiteChange.count({ where: { websiteId: website.id } })).toBe(1)
  expect(await prisma.auditEntry.count()).toBe(entriesBefore)
  expect(heard).toHaveLength(heardBefore)
})
