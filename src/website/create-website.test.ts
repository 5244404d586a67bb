import { afterAll, describe, expect, inject, it } from 'vitest'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import type { BusEvents } from '../bus.js'
import { createWebsite, type NewWebsite } from './create-website.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const { prisma } = parts.store
const userId = await addTestUser(parts, 'owner@example.com')
const heard: BusEvents['websiteChanged'][] = []
parts.bus.subscribe('websiteChanged', (event) => heard.push(event))

async function create(input: Partial<NewWebsite>) {
  return createWebsite(parts, ownerActor(userId), { name: 'Shop', url: 'https://example.com/', ...input })
}

describe('createWebsite', () => {
  it('keeps the website, its first settings and the first change', async () => {
    const outcome = await create({ name: ' Shop ', url: 'HTTPS://Example.COM:443/a b' })
    if (outcome.kind !== 'created') throw new Error(outcome.message)
    const { website } = outcome
    const now = new Date(parts.clock.now())
    expect(website).toMatchObject({
      name: 'Shop',
      url: 'https://example.com/a%20b',
      enabled: true,
      everyRounds: 1,
      checkRevision: 1,
      tags: [],
      minimumVotes: 1,
      badToOpen: 2,
      goodToClose: 2,
      createdAt: now,
      deletedAt: null,
    })
    expect(website.id).toMatch(/^.{14}7/)
    expect(await prisma.website.findUnique({ where: { id: website.id } })).toEqual(website)
    expect(await prisma.websiteCheck.findMany({ where: { websiteId: website.id } })).toEqual([
      { websiteId: website.id, revision: 1, settings: DEFAULT_CHECK, createdAt: now },
    ])
    expect(await prisma.websiteChange.findMany({ where: { websiteId: website.id } })).toEqual([
      expect.objectContaining({ at: now, enabled: true, deleted: false, everyRounds: 1, checkRevision: 1 }),
    ])
    expect(heard).toEqual([{ websiteId: website.id, userId, cause: 'CREATED' }])
    expect(await prisma.auditEntry.findMany()).toMatchObject([
      { actor: 'OWNER', userId, action: 'createWebsite', subjectKind: 'Website', subjectId: website.id, at: now },
    ])
  })

  it('keeps what was asked for', async () => {
    const headers = [{ name: 'X-Token', value: 'secret' }]
    const tags = ['Prod', 'EU', 'prod ']
    const counted = { minimumVotes: 3, badToOpen: 1, goodToClose: 20 }
    const outcome = await create({
      ...counted,
      tags,
      enabled: false,
      everyRounds: 5,
      check: { timeoutMs: 900, headers, method: null },
    })
    if (outcome.kind !== 'created') throw new Error(outcome.message)
    expect(outcome.website).toMatchObject({ ...counted, tags: ['prod', 'eu'], enabled: false, everyRounds: 5 })
    const row = await prisma.websiteCheck.findFirstOrThrow({ where: { websiteId: outcome.website.id } })
    expect(row.settings).toEqual({ ...DEFAULT_CHECK, timeoutMs: 900, headers })
  })

  it('goes into private networks where the operator says so', async () => {
    const settings = { ...parts.settings, allowPrivateTargets: true }
    const input = { name: 'Router', url: 'http://127.1:9100/' }
    const outcome = await createWebsite({ ...parts, settings }, ownerActor(userId), input)
    expect(outcome).toMatchObject({ kind: 'created', website: { url: 'http://127.0.0.1:9100/' } })
  })

  it('takes many at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => create({})))
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(200)
  })
})

describe('createWebsite refuses and changes nothing', () => {
  it.each<[string, Partial<NewWebsite>, RegExp]>([
    ['INVALID_NAME', { name: ' ' }, /^name must/],
    ['INVALID_NAME', { name: 'a\u0000b' }, /^name must/],
    ['INVALID_URL', { url: 'ftp://example.com/' }, /^url must/],
    ['INVALID_URL', { url: 'example.com' }, /^url must/],
    ['INVALID_URL', { url: 'https://user:secret@example.com/' }, /^url must/],
    ['INVALID_URL', { url: `https://example.com/${'a'.repeat(2048)}` }, /^url must/],
    ['FORBIDDEN_TARGET', { url: 'http://127.1/' }, /^127\.0\.0\.1 is not/],
    ['FORBIDDEN_TARGET', { url: 'http://localhost:8080/' }, /^localhost is not/],
    ['FORBIDDEN_TARGET', { url: 'https://example.com:6379/' }, /^Port 6379 is not/],
    ['INVALID_EVERY_ROUNDS', { everyRounds: 0 }, /^everyRounds must/],
    ['INVALID_TAGS', { tags: [''] }, /^A tag must/],
    ['INVALID_MINIMUM_VOTES', { minimumVotes: 1_001 }, /^minimumVotes must/],
    ['INVALID_BAD_TO_OPEN', { badToOpen: 0 }, /^badToOpen must/],
    ['INVALID_GOOD_TO_CLOSE', { goodToClose: 21 }, /^goodToClose must/],
    ['INVALID_CHECK', { check: { timeoutMs: 0 } }, /^timeoutMs must/],
    ['INVALID_CHECK', { check: { keyword: 'a' } }, /^keywordMust must/],
    ['INVALID_CHECK', { check: { headers: [{ name: 'Host', value: 'a' }] } }, /^headers must/],
  ])('%s %j', async (reason, input, sentence) => {
    const before = await everything()
    const heardBefore = heard.length
    const outcome = await create(input)
    expect(outcome).toMatchObject({ kind: 'refused', reason, message: expect.stringMatching(sentence) })
    expect(await everything()).toEqual(before)
    expect(heard).toHaveLength(heardBefore)
  })

  it('and says all that is wrong, each with its field', async () => {
    const before = await everything()
    const headers = [{ name: 'Host', value: ' ' }]
    const wrong = {
      name: '',
      url: 'x',
      tags: ['a', ' '],
      everyRounds: 0,
      minimumVotes: 0,
      check: { statuses: '', headers },
    }
    const outcome = await create(wrong)
    if (outcome.kind !== 'refused') throw new Error('this is no website')
    expect(outcome).toMatchObject({ reason: 'INVALID_URL', field: 'url' })
    expect(outcome.faults.map(({ reason, field }) => [reason, field])).toEqual([
      ['INVALID_URL', 'url'],
      ['INVALID_NAME', 'name'],
      ['INVALID_TAGS', 'tags[1]'],
      ['INVALID_EVERY_ROUNDS', 'everyRounds'],
      ['INVALID_MINIMUM_VOTES', 'minimumVotes'],
      ['INVALID_CHECK', 'check.statuses'],
      ['INVALID_CHECK', 'check.headers[0].name'],
      ['INVALID_CHECK', 'check.headers[0].value'],
    ])
    expect(await everything()).toEqual(before)
  })

  it('a host on the deny-list', async () => {
    await prisma.deniedHost.create({ data: { host: 'denied.example', reason: 'no', createdAt: new Date() } })
    const before = await everything()
    const outcome = await create({ url: 'https://denied.example/' })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'DENIED_HOST', field: 'url' })
    expect(await everything()).toEqual(before)
  })

  it('for a token that only reads', async () => {
    const before = await everything()
    const reader = { ...ownerActor(userId), access: 'READ_ONLY' } as const
    const creating = createWebsite(parts, reader, { name: 'Shop', url: 'https://example.com/' })
    await expect(creating).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } })
    expect(await everything()).toEqual(before)
  })
})

function everything() {
  return Promise.all([
    prisma.website.count(),
    prisma.websiteCheck.count(),
    prisma.websiteChange.count(),
    prisma.auditEntry.count(),
  ])
}
