import { v7 as uuid } from 'uuid'
import { afterAll, expect, inject, it } from 'vitest'
import { startTestHub } from '../testing/test-hub.js'

const hub = await startTestHub(inject('template'))
afterAll(() => hub.close())

const CREATE = `mutation ($websites: [CreateWebsiteInput!]!) { createWebsites(input: { websites: $websites }) {
  ... on CreateWebsitesSuccess { createdCount results { __typename
    ... on CreateWebsiteSuccess { website { name } } ... on CreateWebsiteRefused { reason } } }
  ... on CreateWebsitesRefused { reason message } } }`
const create = async (websites: object[]) =>
  (await hub.post(CREATE, { token: hub.ownerToken, variables: { websites } })).data?.['createWebsites']
const website = (name: string, url = 'http://127.0.0.1:9/') => ({ name, url })
const count = () => hub.parts.store.prisma.website.count()

it('many websites are created in one call, and one that is refused keeps no other back', async () => {
  expect(await create([website('a'), website('b', 'no url'), website('c')])).toEqual({
    createdCount: 2,
    results: [
      { __typename: 'CreateWebsiteSuccess', website: { name: 'a' } },
      { __typename: 'CreateWebsiteRefused', reason: 'INVALID_URL' },
      { __typename: 'CreateWebsiteSuccess', website: { name: 'c' } },
    ],
  })
  expect(await count()).toBe(2)
  const log = await hub.parts.store.prisma.auditEntry.findMany({ where: { action: 'createWebsites' } })
  expect(log.map(({ subjectKind }) => subjectKind)).toEqual(['Website', 'Website'])
})

it('none, and more than a hundred, are refused and change nothing', async () => {
  const before = await count()
  const tooMany = Array.from({ length: 101 }, (_, index) => website(`site ${index}`))
  for (const websites of [[], tooMany]) expect(await create(websites)).toMatchObject({ reason: 'WRONG_NUMBER' })
  expect(await count()).toBe(before)
  expect(await create(tooMany.slice(1))).toMatchObject({ createdCount: 100 })
})

const UPDATE = `mutation ($input: UpdateWebsitesInput!) { updateWebsites(input: $input) {
  ... on UpdateWebsitesSuccess { updatedCount results { __typename
    ... on UpdateWebsiteSuccess { website { id tags enabled } } ... on UpdateWebsiteRefused { reason field } } }
  ... on UpdateWebsitesRefused { reason field faults { reason field } } } }`
const DELETE = `mutation ($ids: [ID!]!) { deleteWebsites(input: { ids: $ids }) {
  ... on DeleteWebsitesSuccess { deletedCount results {
    ... on DeleteWebsiteSuccess { website { id } } ... on DeleteWebsiteRefused { reason field } } }
  ... on DeleteWebsitesRefused { reason field } } }`
const { prisma } = hub.parts.store
const change = async (input: object) =>
  (await hub.post(UPDATE, { token: hub.ownerToken, variables: { input } })).data?.['updateWebsites']
const remove = async (ids: readonly string[]) =>
  (await hub.post(DELETE, { token: hub.ownerToken, variables: { ids } })).data?.['deleteWebsites']
const entriesOf = async (action: string) =>
  (await prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } })).map(({ subjectId, detail }) => ({
    subjectId,
    detail,
  }))
const everything = () => Promise.all([prisma.website.findMany({ orderBy: { no: 'asc' } }), prisma.auditEntry.count()])
const idsOf = async (...names: string[]) =>
  (await prisma.website.findMany({ where: { name: { in: names } }, orderBy: { name: 'asc' } })).map(({ id }) => id)

it('many websites are tagged and turned off in one call, each refused alone', async () => {
  const tags = Array.from({ length: 20 }, (_, index) => `t${index}`)
  await create([{ ...website('tagged'), tags: ['old'] }, website('untagged'), { ...website('full'), tags }])
  const [full = '', tagged = '', untagged = ''] = await idsOf('full', 'tagged', 'untagged')
  const stranger = uuid()
  const ids = [tagged, full, stranger, untagged]
  expect(await change({ ids, enabled: false, addTags: ['New'], removeTags: ['old'] })).toEqual({
    updatedCount: 2,
    results: [
      { __typename: 'UpdateWebsiteSuccess', website: { id: tagged, tags: ['new'], enabled: false } },
      { __typename: 'UpdateWebsiteRefused', reason: 'INVALID_TAGS', field: 'addTags' },
      { __typename: 'UpdateWebsiteRefused', reason: 'NOT_FOUND', field: 'id' },
      { __typename: 'UpdateWebsiteSuccess', website: { id: untagged, tags: ['new'], enabled: false } },
    ],
  })
  const detail = 'addTags, enabled: false, removeTags'
  expect(await entriesOf('updateWebsites')).toEqual([
    { subjectId: tagged, detail },
    { subjectId: untagged, detail },
  ])
  const TAGS = '{ websiteTags { name websiteCount } }'
  const { data } = await hub.post<{ websiteTags: object[] }>(TAGS, { token: hub.ownerToken })
  expect(data?.websiteTags).toContainEqual({ name: 'new', websiteCount: 2 })
})

it('what is wrong with all of it refuses all of it', async () => {
  const before = await everything()
  expect(await change({ ids: [], addTags: ['', 'good'] })).toEqual({
    reason: 'WRONG_NUMBER',
    field: 'ids',
    faults: [
      { reason: 'WRONG_NUMBER', field: 'ids' },
      { reason: 'INVALID_TAGS', field: 'addTags[0]' },
    ],
  })
  const tooMany = Array.from({ length: 101 }, () => uuid())
  expect(await change({ ids: tooMany, enabled: true })).toMatchObject({ reason: 'WRONG_NUMBER' })
  for (const ids of [[], tooMany]) expect(await remove(ids)).toEqual({ reason: 'WRONG_NUMBER', field: 'ids' })
  expect(await everything()).toEqual(before)
})

it('many websites are deleted in one call, each refused alone', async () => {
  const [tagged = '', untagged = ''] = await idsOf('tagged', 'untagged')
  expect(await remove([tagged, tagged, untagged])).toEqual({
    deletedCount: 2,
    results: [{ website: { id: tagged } }, { reason: 'NOT_FOUND', field: 'id' }, { website: { id: untagged } }],
  })
  expect(await prisma.website.count({ where: { name: { in: ['tagged', 'untagged'] }, deletedAt: null } })).toBe(0)
  expect(await entriesOf('deleteWebsites')).toEqual([
    { subjectId: tagged, detail: null },
    { subjectId: untagged, detail: null },
  ])
})

const LIST = `query ($filter: WebsiteFilterInput, $orderBy: WebsiteOrder) { websites(first: 2, filter: $filter, orderBy: $orderBy) {
  totalCount counts { total good bad unknown disabled } edges { node { name } } pageInfo { hasNextPage } } }`

it('a list is searched and sorted, and its counts are those of all its pages', async () => {
  const variables = { filter: { search: 'SITE 9', conditions: ['UNKNOWN'] }, orderBy: 'NAME' }
  const { data } = await hub.post(LIST, { token: hub.ownerToken, variables })
  expect(data).toEqual({
    websites: {
      totalCount: 11,
      counts: { total: 11, good: 0, bad: 0, unknown: 11, disabled: 0 },
      edges: [{ node: { name: 'site 9' } }, { node: { name: 'site 90' } }],
      pageInfo: { hasNextPage: true },
    },
  })
  for (const filter of [{ search: 'x'.repeat(201) }, { tags: Array(21).fill('x') }]) {
    const { errors } = await hub.post(LIST, { token: hub.ownerToken, variables: { filter } })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter' })
  }
})
