import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { BusEvents } from '../bus.js'
import type { Website } from '../generated/prisma/client.js'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import { createWebsite } from './create-website.js'
import { deleteWebsite } from './delete-website.js'
import type { WebsiteChanges } from './plan-update.js'
import { updateWebsite } from './update-website.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
const userId = await addTestUser(parts, 'owner@example.com')
const strangerId = await addTestUser(parts, 'stranger@example.com')
let heard: BusEvents['websiteChanged'][] = []
parts.bus.subscribe('websiteChanged', (event) => heard.push(event))
let website: Website

beforeEach(async () => {
  const outcome = await createWebsite(parts, ownerActor(userId), { name: 'Shop', url: 'https://example.com/' })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  website = outcome.website
  heard = []
  parts.clock.advance(60_000)
})

async function update(changes: WebsiteChanges) {
  return updateWebsite(parts, ownerActor(userId), { id: website.id, changes })
}

async function rows() {
  const where = { websiteId: website.id }
  return {
    website: await prisma.website.findUniqueOrThrow({ where: { id: website.id } }),
    checks: await prisma.websiteCheck.findMany({ where, orderBy: { revision: 'asc' } }),
    changes: await prisma.websiteChange.findMany({ where, orderBy: { id: 'asc' } }),
    entries: await prisma.auditEntry.findMany({ where: { subjectId: website.id }, orderBy: { id: 'asc' } }),
  }
}

describe('updateWebsite', () => {
  it('adds a revision for other settings and leaves the one before as it was', async () => {
    const before = await rows()
    const outcome = await update({ check: { timeoutMs: 2_000 } })
    const after = await rows()
    expect(outcome).toEqual({ kind: 'updated', website: after.website })
    expect(after.website).toEqual({ ...website, checkRevision: 2 })
    expect(after.checks[0]).toEqual(before.checks[0])
    expect(after.checks[1]).toMatchObject({ revision: 2, settings: { ...DEFAULT_CHECK, timeoutMs: 2_000 } })
    expect(after.changes[1]).toMatchObject({ at: new Date(parts.clock.now()), checkRevision: 2, enabled: true })
    expect(heard).toEqual([{ websiteId: website.id, userId, cause: 'UPDATED' }])
    expect(after.entries.slice(1)).toMatchObject([{ action: 'updateWebsite', userId, detail: 'check' }])
  })

  it('writes down when it was disabled and enabled', async () => {
    const disabledAt = new Date(parts.clock.now())
    await update({ enabled: false })
    parts.clock.advance(60_000)
    await update({ enabled: true, everyRounds: 3 })
    expect((await rows()).changes.slice(1)).toMatchObject([
      { at: disabledAt, enabled: false, everyRounds: 1, checkRevision: 1 },
      { at: new Date(parts.clock.now()), enabled: true, everyRounds: 3, checkRevision: 1 },
    ])
  })

  it('renames without a change that rounds would see', async () => {
    await update({ name: ' Store ' })
    const after = await rows()
    expect(after.website.name).toBe('Store')
    expect(after.changes).toHaveLength(1)
    expect(heard).toHaveLength(1)
  })

  it('replaces tags without a change that rounds would see', async () => {
    await update({ tags: ['Prod', 'eu'] })
    await update({ tags: ['EU', 'shop'] })
    const after = await rows()
    expect(after.website).toEqual({ ...website, tags: ['eu', 'shop'] })
    expect(after.changes).toHaveLength(1)
    expect(after.entries.slice(1)).toMatchObject([{ detail: 'tags' }, { detail: 'tags' }])
    expect(heard).toHaveLength(2)
  })

  it('loses no tag to updates at the same time', async () => {
    const tags = Array.from({ length: 20 }, (_, index) => `t${index}`)
    await Promise.all(tags.map((tag) => update({ addTags: [tag] })))
    expect((await rows()).website.tags.toSorted()).toEqual(tags.toSorted())
  })

  it('changes how verdicts are counted, and those left out stay, without a change that rounds would see', async () => {
    await update({ minimumVotes: 2, goodToClose: 5 })
    expect((await rows()).website).toEqual({ ...website, minimumVotes: 2, goodToClose: 5 })
    expect(await update({ badToOpen: 20 })).toMatchObject({ kind: 'updated', website: { minimumVotes: 2 } })
    const after = await rows()
    expect(after.website).toEqual({ ...website, minimumVotes: 2, badToOpen: 20, goodToClose: 5 })
    expect(after.changes).toHaveLength(1)
    expect(after.checks).toHaveLength(1)
    expect(heard).toHaveLength(2)
  })

  it('changes them together with what rounds see', async () => {
    await update({ minimumVotes: 2, everyRounds: 2 })
    const after = await rows()
    expect(after.website).toEqual({ ...website, minimumVotes: 2, everyRounds: 2 })
    expect(after.changes).toHaveLength(2)
  })

  it.each<WebsiteChanges>([
    {},
    {
      name: 'Shop',
      tags: [],
      removeTags: ['x'],
      enabled: true,
      everyRounds: 1,
      minimumVotes: 1,
      badToOpen: 2,
      goodToClose: 2,
    },
    { check: { ...DEFAULT_CHECK, keyword: null } },
  ])('does nothing for what is so already: %j', async (changes) => {
    const before = await rows()
    expect(await update(changes)).toEqual({ kind: 'updated', website })
    expect(await rows()).toEqual(before)
    expect(heard).toEqual([])
  })

  it('loses no revision to updates at the same time', async () => {
    const timeouts = Array.from({ length: 20 }, (_, index) => 1_000 + index)
    await Promise.all(timeouts.map((timeoutMs) => update({ check: { timeoutMs } })))
    const { website: after, checks, changes } = await rows()
    expect(after.checkRevision).toBe(21)
    expect(checks.map(({ revision }) => revision)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
    expect(changes).toHaveLength(21)
    const kept = checks.slice(1).map(({ settings }) => (settings as { timeoutMs: number }).timeoutMs)
    expect(kept.sort((a, b) => a - b)).toEqual(timeouts)
  })

  it('loses neither of two fields changed at the same time', async () => {
    await Promise.all([update({ check: { timeoutMs: 1_000 } }), update({ check: { redirects: 1 } })])
    expect((await rows()).checks.at(-1)?.settings).toMatchObject({ timeoutMs: 1_000, redirects: 1 })
  })
})

describe('updateWebsite refuses and changes nothing', () => {
  it.each<[string, WebsiteChanges]>([
    ['INVALID_NAME', { name: '' }],
    ['INVALID_TAGS', { tags: ['x'.repeat(51)] }],
    ['INVALID_TAGS', { enabled: false, addTags: Array.from({ length: 21 }, (_, index) => `t${index}`) }],
    ['INVALID_EVERY_ROUNDS', { everyRounds: 1_441 }],
    ['INVALID_MINIMUM_VOTES', { minimumVotes: 0 }],
    ['INVALID_BAD_TO_OPEN', { name: 'Other', badToOpen: 21 }],
    ['INVALID_GOOD_TO_CLOSE', { enabled: false, goodToClose: 1.5 }],
    ['INVALID_CHECK', { check: { statuses: '99' } }],
    ['INVALID_CHECK', { enabled: false, check: { body: 'a' } }],
  ])('%s %j', async (reason, changes) => {
    const before = await rows()
    expect(await update(changes)).toMatchObject({ kind: 'refused', reason })
    expect(await rows()).toEqual(before)
    expect(heard).toEqual([])
  })

  it('and says all that is wrong, each with its field', async () => {
    const before = await rows()
    const outcome = await update({ name: '', goodToClose: 0, check: { method: 'HEAD', keyword: 'a' } })
    if (outcome.kind !== 'refused') throw new Error('these are no settings')
    expect(outcome.faults.map(({ reason, field }) => [reason, field])).toEqual([
      ['INVALID_NAME', 'name'],
      ['INVALID_GOOD_TO_CLOSE', 'goodToClose'],
      ['INVALID_CHECK', 'check.keywordMust'],
      ['INVALID_CHECK', 'check.keyword'],
    ])
    expect(await rows()).toEqual(before)
  })

  it('to enable one whose host is on the deny-list by now', async () => {
    await update({ enabled: false })
    await prisma.deniedHost.create({ data: { host: 'example.com', reason: 'no', createdAt: new Date() } })
    const before = await rows()
    const outcome = await update({ enabled: true })
    await prisma.deniedHost.deleteMany()
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'DENIED_HOST', field: 'enabled' })
    expect(await rows()).toEqual(before)
  })

  it('for a token that only reads', async () => {
    const before = await rows()
    const reader = { ...ownerActor(userId), access: 'READ_ONLY' } as const
    const updating = updateWebsite(parts, reader, { id: website.id, changes: { name: 'Other' } })
    await expect(updating).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } })
    expect(await rows()).toEqual(before)
  })

  it("somebody else's, a deleted one, one that never was and a malformed id, all alike", async () => {
    const before = await rows()
    const changes = { enabled: false }
    const gone = await createWebsite(parts, ownerActor(userId), { name: 'Gone', url: 'https://example.com/' })
    if (gone.kind !== 'created') throw new Error(gone.message)
    await deleteWebsite(parts, ownerActor(userId), { id: gone.website.id })
    heard = []
    const answers = await Promise.all([
      updateWebsite(parts, ownerActor(strangerId), { id: website.id, changes }),
      updateWebsite(parts, ownerActor(userId), { id: gone.website.id, changes }),
      updateWebsite(parts, ownerActor(userId), { id: '01900000-0000-7000-8000-000000000000', changes }),
      updateWebsite(parts, ownerActor(userId), { id: "'; DROP TABLE", changes }),
    ])
    expect(answers[0]).toMatchObject({ kind: 'refused', reason: 'NOT_FOUND' })
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await rows()).toEqual(before)
    expect(heard).toEqual([])
  })
})
