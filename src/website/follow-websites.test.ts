import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { v7 as uuid } from 'uuid'
import type { Website } from '../generated/prisma/client.js'
import { PENDING_NEWS_MAX } from '../limits.js'
import { createBuilder } from '../graph/create-builder.js'
import { ANONYMOUS } from '../graph/identity.js'
import {
  addTestUser,
  countOperations,
  createTestParts,
  follow,
  ownerActor,
  ownerIdentity,
} from '../testing/owner/parts.js'
import { createWebsite } from './create-website.js'
import { deleteWebsite } from './delete-website.js'
import { followWebsites } from './follow-websites.js'
import { addWebsiteGraph } from './graph.js'
import { updateWebsite } from './update-website.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
let userId: string
let strangerId: string
let people = 0

beforeEach(async () => {
  people += 1
  userId = await addTestUser(parts, `owner${people}@example.com`)
  strangerId = await addTestUser(parts, `stranger${people}@example.com`)
})
afterEach(() => {
  if (parts.bus.listenerCount() !== 0) throw new Error('somebody still listens')
})

async function create(name: string, owner = userId): Promise<Website> {
  const outcome = await createWebsite(parts, ownerActor(owner), { name, url: 'https://example.com/' })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website
}

function rename({ id }: Website, name: string, owner = userId) {
  return updateWebsite(parts, ownerActor(owner), { id, changes: { name } })
}

async function setSequence({ no }: Website, sequence: string): Promise<void> {
  const now = new Date(parts.clock.now())
  await parts.store.sql.query(
    `INSERT INTO "WebsiteState" ("websiteNo", "roundAt", status, "coveredUntil", sequence) VALUES ($1, $2, 'Good', $2, $3)
     ON CONFLICT ("websiteNo") DO UPDATE SET sequence = excluded.sequence`,
    [no, now, sequence],
  )
}

function openStream() {
  const stream = followWebsites(parts, userId)
  const take = async (count: number) => {
    const told: string[] = []
    while (told.length < count) {
      const { value } = await stream.next()
      told.push(`${value?.cause} ${value?.website.name}`)
    }
    return told
  }
  return { stream, take }
}

describe('followWebsites', () => {
  it('tells what is there, then what changes', async () => {
    const a = await create('a')
    await create('b')
    const { stream, take } = openStream()
    expect(await take(2)).toEqual(['CURRENT a', 'CURRENT b'])
    const waiting = take(1)
    await rename(a, 'A')
    expect(await waiting).toEqual(['UPDATED A'])
    await create('c')
    await deleteWebsite(parts, ownerActor(userId), { id: a.id })
    parts.bus.publish('websiteChanged', { websiteId: a.id, userId, cause: 'ROUND_ENDED' })
    expect(await take(2)).toEqual(['CREATED c', 'DELETED A'])
    await stream.return()
  })

  it('misses no change that happens while it tells what is there', async () => {
    const a = await create('a')
    const b = await create('b')
    const { stream, take } = openStream()
    expect(await take(1)).toEqual(['CURRENT a'])
    await rename(a, 'A')
    await deleteWebsite(parts, ownerActor(userId), { id: b.id })
    expect(await take(3)).toEqual(['CURRENT b', 'UPDATED A', 'DELETED b'])
    await stream.return()
  })

  it('costs a slow peer one event a website, each as it is when it is told', async () => {
    const a = await create('a')
    const b = await create('b')
    const { stream, take } = openStream()
    await take(2)
    for (let index = 1; index <= 20; index += 1) await rename(index % 2 ? a : b, `${index}`)
    expect(await take(2)).toEqual(['UPDATED 19', 'UPDATED 20'])
    const waiting = take(1)
    await rename(a, 'last')
    expect(await waiting).toEqual(['UPDATED last'])
    await stream.return()
  })

  it('reads what is there in pages, as they are asked for', async () => {
    await parts.store.sql.query(
      `INSERT INTO "Website" (id, "userId", name, url)
       SELECT gen_random_uuid(), $1, n, 'https://example.com/' FROM generate_series(1, 250) n`,
      [userId],
    )
    const { store, count } = countOperations(parts.store)
    const stream = followWebsites({ ...parts, store }, userId)
    const ids = new Set<string | undefined>()
    for (let told = 0; told < 250; told += 1) {
      ids.add((await stream.next()).value?.website.id)
      expect(count()).toBe(Math.floor(told / 100) + 1)
    }
    expect(ids.size).toBe(250)
    await stream.return()
  })

  it('tells how many verdicts there were, and nothing before the first', async () => {
    const a = await create('a')
    await create('b')
    await setSequence(a, '9007199254740993')
    const stream = followWebsites(parts, userId)
    const next = async () => (await stream.next()).value?.sequence
    expect([await next(), await next()]).toEqual([9_007_199_254_740_993n, null])
    const waiting = next()
    await setSequence(a, '9007199254740994')
    parts.bus.publish('websiteChanged', { websiteId: a.id, userId, cause: 'ROUND_ENDED' })
    expect(await waiting).toBe(9_007_199_254_740_994n)
    await stream.return()
  })

  it('tells a peer that does not read to subscribe again, before too much waits for it', async () => {
    const stream = followWebsites(parts, userId)
    const hear = () => parts.bus.publish('websiteChanged', { websiteId: uuid(), userId, cause: 'ROUND_ENDED' })
    for (let index = 0; index < PENDING_NEWS_MAX; index += 1) hear()
    expect(parts.bus.listenerCount()).toBe(1)
    hear()
    expect(parts.bus.listenerCount()).toBe(0)
    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
    expect(await stream.next()).toEqual({ value: undefined, done: true })
  })

  it('tells of those alone that are named', async () => {
    const [one, two] = [await create('one'), await create('two')]
    const foreign = await create('foreign', strangerId)
    const stream = followWebsites(parts, userId, [two.id, foreign.id])
    const first = stream.next()
    expect((await first).value).toMatchObject({ cause: 'CURRENT', website: { name: 'two' } })
    await rename(one, 'one again')
    await rename(foreign, 'not yours', strangerId)
    await rename(two, 'two again')
    expect((await stream.next()).value).toMatchObject({ cause: 'UPDATED', website: { name: 'two again' } })
    await stream.return()
  })

  it("tells nothing of somebody else's", async () => {
    const theirs = await create('theirs', strangerId)
    await create('first')
    const { stream, take } = openStream()
    // What comes while the list is read may be told as a part of it.
    expect(await take(1)).toEqual(['CURRENT first'])
    const waiting = take(1)
    await rename(theirs, 'still theirs', strangerId)
    await create('mine')
    expect(await waiting).toEqual(['CREATED mine'])
    await stream.return()
  })
})

describe('websiteChanged', () => {
  const builder = createBuilder()
  addWebsiteGraph(builder)
  const schema = builder.toSchema()
  const SOURCE = 'subscription { websiteChanged { cause sequence website { name checkRevision check { timeoutMs } } } }'

  it('carries the settings of the moment, over one subscription', async () => {
    const a = await create('a')
    const events = await follow<{ websiteChanged: object }>(schema, parts, ownerIdentity(userId), SOURCE)
    if ('errors' in events) throw new Error('not subscribed')
    const next = async () => {
      const { value } = await events.next()
      expect(value?.errors).toBeUndefined()
      return value?.data.websiteChanged
    }
    const before = { name: 'a', checkRevision: 1, check: { timeoutMs: 10_000 } }
    expect(await next()).toEqual({ cause: 'CURRENT', sequence: null, website: before })
    await setSequence(a, '9007199254740993')
    await updateWebsite(parts, ownerActor(userId), { id: a.id, changes: { check: { timeoutMs: 500 } } })
    const after = { name: 'a', checkRevision: 2, check: { timeoutMs: 500 } }
    expect(await next()).toEqual({ cause: 'UPDATED', sequence: '9007199254740993', website: after })
    await deleteWebsite(parts, ownerActor(userId), { id: a.id })
    expect(await next()).toEqual({ cause: 'DELETED', sequence: '9007199254740993', website: after })
    const idle = events.next()
    await events.return(undefined)
    expect(await idle).toEqual({ value: undefined, done: true })
  })

  it('is for owners', async () => {
    const events = await follow(schema, parts, ANONYMOUS, SOURCE)
    expect(events).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })
})
