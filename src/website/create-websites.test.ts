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
  const long = { filter: { search: 'x'.repeat(201) } }
  const { errors } = await hub.post(LIST, { token: hub.ownerToken, variables: long })
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
})
