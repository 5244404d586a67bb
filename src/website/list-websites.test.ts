import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { addTestUser, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { MINUTE_MS } from '../time.js'
import { currentStatus } from '../verdict/current-status.js'
import { createWebsite } from './create-website.js'
import { deleteWebsite } from './delete-website.js'
import { listTags } from './list-tags.js'
import { countWebsites, listWebsites, type WebsiteFilter, type WebsiteOrder } from './list-websites.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
let userId: string
let people = 0
beforeEach(async () => {
  people += 1
  userId = await addTestUser(parts, `owner${people}@example.com`)
})

async function create(
  name: string,
  url = 'https://example.com/',
  enabled = true,
  tags: string[] = [],
): Promise<Website> {
  const outcome = await createWebsite(parts, ownerActor(userId), { name, url, enabled, tags })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website
}

const ALL = { newerThan: null, olderThan: null, limit: 50, order: 'oldestFirst' as const }
const list = (filter: WebsiteFilter, orderBy: WebsiteOrder = 'CREATED_AT', slice: Partial<typeof ALL> | object = {}) =>
  listWebsites(parts, { userId, filter, orderBy, ...ALL, ...slice })
const names = (websites: readonly Website[]) => websites.map(({ name }) => name)

describe('listWebsites', () => {
  it('finds part of a name or of a URL, in whatever case, and takes no sign for a pattern', async () => {
    await create('Shop 100 %')
    await create('Blog', 'https://SHOP.example/')
    await create('Forum')
    expect(names(await list({ search: 'sHoP' }))).toEqual(['Shop 100 %', 'Blog'])
    expect(names(await list({ search: '0 %' }))).toEqual(['Shop 100 %'])
    expect(await list({ search: '%' })).toHaveLength(1)
    expect(await list({ search: '_' })).toEqual([])
  })

  it('sorts by name without regard to case, pages between ids, and shows nobody else’s', async () => {
    const made = new Map<string, Website>()
    for (const name of ['b', 'A', 'c', 'a']) made.set(name, await create(name))
    const [owner, stranger] = [userId, await addTestUser(parts, `stranger${people}@example.com`)]
    userId = stranger
    const foreign = await create('aa')
    userId = owner
    expect(names(await list({}, 'NAME'))).toEqual(['A', 'a', 'b', 'c'])
    expect(names(await list({}, 'NAME', { newerThan: made.get('A')?.id }))).toEqual(['a', 'b', 'c'])
    const fromTheEnd = { olderThan: made.get('c')?.id, order: 'newestFirst', limit: 2 }
    expect(names(await list({}, 'NAME', fromTheEnd))).toEqual(['b', 'a'])
    expect(await list({}, 'NAME', { newerThan: foreign.id })).toEqual([])
  })

  it('finds those that have all of some tags, and counts them alike', async () => {
    await create('a', 'https://example.com/', true, ['prod', 'eu'])
    await create('b', 'https://example.com/', false, ['prod'])
    await create('c')
    for (const [tags, found, disabled] of [
      [['PROD '], ['a', 'b'], 1],
      [['eu', 'prod'], ['a'], 0],
      [['eu', 'us'], [], 0],
      [[], ['a', 'b', 'c'], 1],
    ] as const) {
      expect(names(await list({ tags }))).toEqual(found)
      const counts = await countWebsites(parts, { userId, filter: { tags } })
      expect(counts).toEqual({ GOOD: 0, BAD: 0, UNKNOWN: found.length - disabled, DISABLED: disabled })
    }
    expect(names(await list({ tags: ['prod'], conditions: ['DISABLED'], search: 'b' }))).toEqual(['b'])
  })

  it('lists tags with how many websites have them, none of deleted ones and nobody else’s', async () => {
    const gone = await create('gone', 'https://example.com/', true, ['prod', 'gone'])
    await create('a', 'https://example.com/', true, ['prod', 'eu'])
    await create('b', 'https://example.com/', false, ['prod'])
    await deleteWebsite(parts, ownerActor(userId), { id: gone.id })
    expect(await listTags(parts, userId)).toEqual([
      { name: 'eu', websiteCount: 1 },
      { name: 'prod', websiteCount: 2 },
    ])
    expect(await listTags(parts, await addTestUser(parts, `other${people}@example.com`))).toEqual([])
  })

  it('lists no deleted ones', async () => {
    const { id } = await create('gone')
    await parts.store.prisma.website.update({ where: { id }, data: { deletedAt: new Date() } })
    expect(await list({})).toEqual([])
    expect(await countWebsites(parts, { userId, filter: {} })).toEqual({ GOOD: 0, BAD: 0, UNKNOWN: 0, DISABLED: 0 })
  })
})

describe('the condition of a website', () => {
  it('is that of its status, by the same rule', async () => {
    const { sql, prisma } = parts.store
    const { no } = await create('one')
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          status: fc.constantFrom('Good', 'Bad', 'Inconclusive', null),
          enabled: fc.boolean(),
          everyRounds: fc.integer({ min: 1, max: 5 }),
          minutesAgo: fc.integer({ min: 0, max: 15 }),
          hasRound: fc.boolean(),
        }),
        async ({ status, enabled, everyRounds, minutesAgo, hasRound }) => {
          const now = parts.clock.now()
          const newest = new Date(now - minutesAgo * MINUTE_MS)
          const roundAt = new Date(now - MINUTE_MS)
          const deadlineAt = new Date(now - MINUTE_MS + 45_000)
          await sql.run('TRUNCATE "WebsiteState"; DELETE FROM "Round"')
          await prisma.website.update({ where: { no }, data: { enabled, everyRounds } })
          if (status !== null) {
            await sql.query(`INSERT INTO "WebsiteState" VALUES ($1, $2, $3::"VerdictStatus", $2, 1)`, [
              no,
              newest,
              status,
            ])
          }
          if (hasRound) {
            await sql.query(
              `INSERT INTO "Round" ("roundAt", "deadlineAt", "intervalMs", "keyId", "closedAt") VALUES ($1, $2, 60000, 1, $2)`,
              [roundAt, deadlineAt],
            )
          }
          const known =
            status === null || !hasRound
              ? null
              : currentStatus(
                  { status, roundAt: newest },
                  everyRounds,
                  { roundAt, deadlineAt, intervalMs: 60_000 },
                  now,
                )
          const condition = !enabled ? 'DISABLED' : (known?.toUpperCase() ?? 'UNKNOWN')
          const counts = { GOOD: 0, BAD: 0, UNKNOWN: 0, DISABLED: 0, [condition]: 1 }
          expect(await countWebsites(parts, { userId, filter: {} })).toEqual(counts)
          expect(await list({ conditions: [condition as 'GOOD'] })).toHaveLength(1)
          expect(await list({ conditions: [] })).toEqual([])
        },
      ),
    )
  })
})
