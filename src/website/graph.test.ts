import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { createBuilder } from '../graph/create-builder.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import {
  addTestUser,
  ask,
  countOperations,
  createTestParts,
  ownerActor,
  ownerIdentity,
  undescribed,
} from '../testing/owner/parts.js'
import { createWebsite } from './create-website.js'
import { addWebsiteGraph } from './graph.js'

const parts = await createTestParts(inject('template'))
afterAll(() => parts.store.close())
const userId = await addTestUser(parts, 'owner@example.com')
const owner = ownerIdentity(userId)
const stranger = ownerIdentity(await addTestUser(parts, 'stranger@example.com'))
const builder = createBuilder()
addWebsiteGraph(builder)
const schema = builder.toSchema()
const websites: Website[] = []

beforeAll(async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    const url = `https://${name}.example.com/`
    const outcome = await createWebsite(parts, ownerActor(userId), {
      name,
      url,
      check: { keyword: name, keywordMust: 'PRESENT' },
    })
    if (outcome.kind !== 'created') throw new Error(outcome.message)
    websites.push(outcome.website)
  }
})

const FIELDS = `id name url enabled everyRounds minimumVotes badToOpen goodToClose checkRevision createdAt check {
  method timeoutMs statuses redirects keyword keywordMust maxLatencyMs certificateDays ipVersion headers { name value } body
}`

function as<Data = Record<string, unknown>>(
  identity: Identity,
  source: string,
  variables: Record<string, unknown> = {},
) {
  return ask<Data>(schema, parts, identity, source, variables)
}

describe('website', () => {
  it('shows its owner everything', async () => {
    const [website] = websites
    const { data, errors } = await as(owner, `query ($id: ID!) { website(id: $id) { ${FIELDS} } }`, { id: website?.id })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      website: {
        id: website?.id,
        name: 'a',
        url: 'https://a.example.com/',
        enabled: true,
        everyRounds: 1,
        minimumVotes: 1,
        badToOpen: 2,
        goodToClose: 2,
        checkRevision: 1,
        createdAt: '2026-11-22T13:00:00.000Z',
        check: {
          method: 'GET',
          timeoutMs: 10_000,
          statuses: '200-299',
          redirects: 5,
          keyword: 'a',
          keywordMust: 'PRESENT',
          maxLatencyMs: null,
          certificateDays: null,
          ipVersion: 'ANY',
          headers: [],
          body: null,
        },
      },
    })
  })

  it('is null for a stranger, for an unknown id and for a malformed one', async () => {
    const query = 'query ($id: ID!) { website(id: $id) { id } }'
    const absent = { data: { website: null } }
    expect(await as(stranger, query, { id: websites[0]?.id })).toEqual(absent)
    expect(await as(owner, query, { id: '01900000-0000-7000-8000-000000000000' })).toEqual(absent)
    expect(await as(owner, query, { id: 'x' })).toEqual(absent)
  })
})

describe('websites', () => {
  const QUERY = `query ($first: Int, $after: String, $last: Int, $before: String) {
    websites(first: $first, after: $after, last: $last, before: $before) {
      totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { name } }
    }
  }`
  interface Page {
    totalCount: number
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
    edges: { cursor: string; node: { name: string } }[]
  }
  async function page(variables: Record<string, unknown>, identity = owner) {
    const { data, errors } = await as<{ websites: Page }>(identity, QUERY, variables)
    expect(errors).toBeUndefined()
    const { edges, pageInfo, totalCount } = data.websites
    return { names: edges.map(({ node }) => node.name).join(''), pageInfo, totalCount }
  }

  it('pages forwards', async () => {
    const first = await page({ first: 2 })
    expect(first).toMatchObject({ names: 'ab', totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    const second = await page({ first: 2, after: first.pageInfo.endCursor })
    expect(second).toMatchObject({ names: 'cd', pageInfo: { hasNextPage: true, hasPreviousPage: true } })
    const third = await page({ first: 2, after: second.pageInfo.endCursor })
    expect(third).toMatchObject({ names: 'e', totalCount: 5, pageInfo: { hasNextPage: false } })
    expect(await page({ first: 2, after: third.pageInfo.endCursor })).toMatchObject({ names: '' })
  })

  it('pages backwards', async () => {
    const last = await page({ last: 2 })
    expect(last).toMatchObject({ names: 'de', pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    const before = await page({ last: 2, before: last.pageInfo.startCursor })
    expect(before).toMatchObject({ names: 'bc', pageInfo: { hasNextPage: true, hasPreviousPage: true } })
  })

  it('shows a stranger nothing, even from a cursor of somebody else', async () => {
    expect(await page({}, stranger)).toMatchObject({ names: '', totalCount: 0 })
    expect(await page({ after: websites[0]?.id }, stranger)).toMatchObject({ names: '', totalCount: 0 })
  })

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ after: 'x' }, 'after'],
    [{ before: "' OR 1=1" }, 'before'],
  ])('refuses %j by a code', async (variables, argument) => {
    const { errors } = await as(owner, QUERY, variables)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
  })

  it('asks the database as often for many as for one', async () => {
    const counts = []
    for (const first of [1, 5]) {
      const { store, count } = countOperations(parts.store)
      const source = `{ websites(first: ${first}) { totalCount edges { node { ${FIELDS} } } } }`
      const { data } = await ask<{ websites: Page }>(schema, { ...parts, store }, owner, source)
      expect(data.websites.edges).toHaveLength(first)
      counts.push(count())
    }
    expect(counts).toEqual([3, 3])
  })
})

describe('mutations', () => {
  const CREATE = `mutation ($input: CreateWebsiteInput!) { createWebsite(input: $input) {
    ... on CreateWebsiteSuccess { website { id name check { timeoutMs ipVersion } } } ... on CreateWebsiteRefused { reason } ... on Problem { message }
  } }`
  const UPDATE = `mutation ($input: UpdateWebsiteInput!) { updateWebsite(input: $input) {
    ... on UpdateWebsiteSuccess { website { name enabled checkRevision check { timeoutMs } } } ... on UpdateWebsiteRefused { reason } ... on Problem { message }
  } }`
  const DELETE = `mutation ($id: ID!) { deleteWebsite(id: $id) {
    ... on DeleteWebsiteSuccess { website { id } } ... on DeleteWebsiteRefused { reason } ... on Problem { message }
  } }`
  const NEW = { name: 'New', url: 'https://new.example.com/', check: { timeoutMs: 700, ipVersion: 'V6' } }

  it('create, update and delete', async () => {
    const made = await as<{ createWebsite: { website: { id: string } } }>(owner, CREATE, { input: NEW })
    const { website } = made.data.createWebsite
    expect(website).toEqual({ id: website.id, name: 'New', check: { timeoutMs: 700, ipVersion: 'V6' } })
    const input = { id: website.id, name: null, enabled: false, check: { timeoutMs: null } }
    expect((await as(owner, UPDATE, { input })).data).toEqual({
      updateWebsite: { website: { name: 'New', enabled: false, checkRevision: 2, check: { timeoutMs: 10_000 } } },
    })
    expect((await as(owner, DELETE, { id: website.id })).data).toEqual({
      deleteWebsite: { website: { id: website.id } },
    })
    expect((await as(owner, `{ website(id: "${website.id}") { id } }`)).data).toEqual({ website: null })
  })

  it('say how verdicts are counted', async () => {
    const RESULT = 'website { id minimumVotes badToOpen goodToClose }'
    const made = await as<{ createWebsite: { website: { id: string } } }>(
      owner,
      `mutation ($input: CreateWebsiteInput!) { createWebsite(input: $input) { ... on CreateWebsiteSuccess { ${RESULT} } } }`,
      { input: { ...NEW, minimumVotes: 3, badToOpen: 1 } },
    )
    const { id } = made.data.createWebsite.website
    const before = { id, minimumVotes: 3, badToOpen: 1, goodToClose: 2 }
    expect(made.data).toEqual({ createWebsite: { website: before } })
    const CHANGE = `mutation ($input: UpdateWebsiteInput!) { updateWebsite(input: $input) {
      ... on UpdateWebsiteSuccess { ${RESULT} } ... on UpdateWebsiteRefused { reason }
    } }`
    const changed = await as(owner, CHANGE, { input: { id, minimumVotes: null, goodToClose: 7 } })
    expect(changed.data).toEqual({ updateWebsite: { website: { ...before, goodToClose: 7 } } })
    const refused = await as(owner, CHANGE, { input: { id, badToOpen: 0 } })
    expect(refused.data).toEqual({ updateWebsite: { reason: 'INVALID_BAD_TO_OPEN' } })
  })

  it('refuse as data', async () => {
    const input = { ...NEW, url: 'http://localhost/' }
    expect((await as(owner, CREATE, { input })).data).toEqual({
      createWebsite: { reason: 'FORBIDDEN_TARGET', message: expect.stringContaining('localhost') },
    })
  })

  it("treat a stranger's as absent and change nothing", async () => {
    const id = websites[0]?.id
    const absent = { reason: 'NOT_FOUND', message: expect.any(String) }
    expect((await as(stranger, UPDATE, { input: { id, name: 'Mine' } })).data).toEqual({ updateWebsite: absent })
    expect((await as(stranger, DELETE, { id })).data).toEqual({ deleteWebsite: absent })
    expect((await as(owner, `{ website(id: "${id}") { name } }`)).data).toEqual({ website: { name: 'a' } })
  })

  it.each<[string, Identity, string]>([
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['a validator', { kind: 'validator', validatorId: '', sessionId: '' }, 'FORBIDDEN'],
    ['the operator', { kind: 'operator' }, 'FORBIDDEN'],
  ])('and queries are not for %s', async (_, identity, code) => {
    const id = websites[0]?.id
    const before = await parts.store.prisma.website.findMany({ orderBy: { no: 'asc' } })
    for (const [source, variables] of [
      [CREATE, { input: NEW }],
      [UPDATE, { input: { id, name: 'Mine' } }],
      [DELETE, { id }],
      ['query ($id: ID!) { website(id: $id) { id } }', { id }],
      ['{ websites { totalCount } }', {}],
    ] as const) {
      const { errors } = await as(identity, source, variables)
      expect(errors?.[0]?.extensions['code']).toBe(code)
    }
    expect(await parts.store.prisma.website.findMany({ orderBy: { no: 'asc' } })).toEqual(before)
  })
})

it('describes everything', () => {
  expect(undescribed(schema)).toEqual([])
})
