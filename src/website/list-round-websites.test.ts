import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { addTestUser, countOperations, createTestParts, ownerActor } from '../testing/owner/parts.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import { createWebsite } from './create-website.js'
import { deleteWebsite } from './delete-website.js'
import { findChecks } from './find-checks.js'
import { findWebsitesByNo } from './find-websites-by-no.js'
import { listRoundWebsites } from './list-round-websites.js'
import { updateWebsite } from './update-website.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const userId = await addTestUser(parts, 'owner@example.com')
let watched: Website
let gone: Website

async function create(name: string, enabled = true) {
  const outcome = await createWebsite(parts, ownerActor(userId), { name, url: `https://${name}.example.com/`, enabled })
  if (outcome.kind !== 'created') throw new Error(outcome.message)
  return outcome.website
}

beforeAll(async () => {
  watched = await create('watched')
  await create('disabled', false)
  gone = await create('gone')
  await deleteWebsite(parts, ownerActor(userId), { id: gone.id })
  await updateWebsite(parts, ownerActor(userId), {
    id: watched.id,
    changes: { everyRounds: 2, check: { redirects: 1 } },
  })
})

describe('listRoundWebsites', () => {
  it('lists what is enabled and not deleted, with the settings of now', async () => {
    const { id, no, url } = watched
    expect(await listRoundWebsites(parts)).toEqual([
      { no, id, url, userId, everyRounds: 2, checkRevision: 2, check: { ...DEFAULT_CHECK, redirects: 1 } },
    ])
  })

  it('takes few statements for 10,000 websites and misses none at the page ends', async () => {
    await parts.store.sql.query(
      `WITH made AS (INSERT INTO "Website" (id, "userId", name, url)
         SELECT gen_random_uuid(), $1, 'n', 'https://example.com/' || n FROM generate_series(1, 9999) n RETURNING id)
       INSERT INTO "WebsiteCheck" ("websiteId", revision, settings) SELECT id, 1, $2::jsonb FROM made`,
      [userId, JSON.stringify(DEFAULT_CHECK)],
    )
    const { store, count } = countOperations(parts.store)
    const websites = await listRoundWebsites({ store })
    expect(new Set(websites.map(({ no }) => no)).size).toBe(10_000)
    expect(count()).toBeLessThanOrEqual(10_000 / parts.store.rowsPerStatementMax + 1)
  })
})

describe('findWebsitesByNo', () => {
  it('finds deleted ones too and leaves out what never was', async () => {
    const found = await findWebsitesByNo(parts.store, [gone.no, 2_000_000_000, watched.no])
    expect(found).toEqual(new Map([gone, watched].map(({ no, id, url }) => [no, { no, id, url, userId }])))
    expect(await findWebsitesByNo(parts.store, [])).toEqual(new Map())
  })
})

describe('findChecks', () => {
  it('finds every revision there was', async () => {
    const keys = [
      [watched, 2],
      [gone, 1],
      [watched, 3],
      [watched, 1],
    ] as const
    const checks = await findChecks(
      parts.store,
      keys.map(([{ id }, revision]) => ({ websiteId: id, revision })),
    )
    expect(checks).toEqual([{ ...DEFAULT_CHECK, redirects: 1 }, DEFAULT_CHECK, expect.any(Error), DEFAULT_CHECK])
  })
})
