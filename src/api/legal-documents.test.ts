import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { insertWebsites } from '../testing/insert-websites.js'
import { MINUTE_MS } from '../time.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

let hub: TestHub
let websiteId: string
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await insertWebsites(hub.parts.store, 1)
  websiteId = (await hub.parts.store.prisma.website.findFirstOrThrow()).id
})
afterAll(() => hub.close())

const POINT = 'from to ratio status goodMs badMs inconclusiveMs maintenanceMs medianLatencyUs p95LatencyUs'
const TICK = `roundAt checkedAt status failure httpStatus latencyUs dnsUs connectUs tlsUs firstByteUs validator { publicKey }
  proof { statement leaf leafIndex leafCount path batchStatement signature publicKey }`

const POINTS = 2_000

/** As many minutes as a history may have. */
function span() {
  const to = Math.floor(hub.clock.now() / MINUTE_MS) * MINUTE_MS
  return { from: new Date(to - POINTS * MINUTE_MS).toISOString(), to: new Date(to).toISOString() }
}

describe('at the default limits passes', () => {
  it.each([
    [
      'the introspection of GraphiQL',
      getIntrospectionQuery({ schemaDescription: true, inputValueDeprecation: true, oneOf: true }),
    ],
    [
      'the introspection of code generators',
      getIntrospectionQuery({ specifiedByUrl: true, directiveIsRepeatable: true }),
    ],
  ])('%s, for everyone', async (_what, query) => {
    const { data, errors } = await hub.post<{ __schema: { types: unknown[] } }>(query)
    expect(errors).toBeUndefined()
    expect(data?.__schema.types.length).toBeGreaterThan(100)
  })

  it('a history of 2,000 points with all that a point has', async () => {
    const query = `query ($id: ID!, $over: PeriodInput!) { website(id: $id) { history(over: $over, resolution: MINUTE) { ${POINT} } } }`
    const { data, errors } = await hub.post<{ website: { history: unknown[] } }>(query, {
      token: hub.ownerToken,
      variables: { id: websiteId, over: { span: span() } },
    })
    expect(errors).toBeUndefined()
    expect(data?.website.history).toHaveLength(POINTS)
  })

  it('a hundred ticks with their proofs', async () => {
    const query = `query ($id: ID!) { website(id: $id) { ticks(first: 100) { edges { node { ${TICK} } } } } }`
    const { errors } = await hub.post(query, { token: hub.ownerToken, variables: { id: websiteId } })
    expect(errors).toBeUndefined()
  })

  it('the creation of a hundred websites', async () => {
    const websites = Array.from({ length: 100 }, (_, index) => ({
      name: `site ${index}`,
      url: `http://127.0.0.1:9/${index}`,
      tags: ['a', 'b'],
    }))
    const query = `mutation ($input: CreateWebsitesInput!) { createWebsites(input: $input) {
      ... on CreateWebsitesSuccess { createdCount results {
        ... on CreateWebsiteSuccess { website { id name url tags enabled everyRounds } }
        ... on CreateWebsiteRefused { reason faults { field reason message } } } }
      ... on InputProblem { faults { field message } } } }`
    const { data, errors } = await hub.post<{ createWebsites: { createdCount: number } }>(query, {
      token: hub.ownerToken,
      variables: { input: { websites } },
    })
    expect(errors).toBeUndefined()
    expect(data?.createWebsites.createdCount).toBe(100)
  })
})

it('a hundred websites with ten histories each of 2,000 points do not', async () => {
  const { from, to } = span()
  const histories = Array.from(
    { length: 10 },
    (_, n) => `h${n}: history(over: { span: { from: "${from}", to: "${to}" } }, resolution: MINUTE) { ratio }`,
  )
  const { errors } = await hub.post(`{ websites(first: 100) { edges { node { ${histories.join(' ')} } } } }`, {
    token: hub.ownerToken,
  })
  expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', of: 'cost' } }])
})
