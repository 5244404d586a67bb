import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { SETTINGS } from '../settings.js'
import { openReadySocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

const MAX = SETTINGS.http.answerMaxBytes.least
const BODY = 'x'.repeat(3_000)

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'), { settings: { answerMaxBytes: MAX } })
  const websites = Array.from({ length: 20 }, (_, index) => ({
    name: `site ${index}`,
    url: `http://127.0.0.1:9/${index}`,
    check: { method: 'POST', body: BODY },
  }))
  const { data } = await hub.post<{ createWebsites: { createdCount: number } }>(
    'mutation ($websites: [CreateWebsiteInput!]!) { createWebsites(input: { websites: $websites }) { ... on CreateWebsitesSuccess { createdCount } } }',
    { token: hub.ownerToken, variables: { websites } },
  )
  expect(data?.createWebsites.createdCount).toBe(20)
})
afterAll(() => hub.close())

const bodies = (count: number) => `{ websites(first: ${count}) { edges { node { check { body } } } } }`
const EXCESS = { code: 'LIMIT_EXCEEDED', limit: MAX, of: 'answer' }

async function get(query: string, accept: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${hub.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { authorization: `Bearer ${hub.ownerToken}`, accept },
  })
  return { status: response.status, body: await response.json() }
}

describe('an answer that is larger than it may be', () => {
  it('is the fault alone, on every transport, and the next one is whole', async () => {
    const posted = await hub.post(bodies(20), { token: hub.ownerToken })
    expect(posted).toMatchObject({ status: 200, errors: [{ extensions: EXCESS }] })
    expect(posted.data).toBeUndefined()
    expect(await get(bodies(20), 'application/json')).toMatchObject({
      status: 200,
      body: { errors: [{ extensions: EXCESS }] },
    })
    expect(await get(bodies(20), 'application/graphql-response+json')).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: EXCESS }] },
    })
    const socket = await openReadySocket(hub, hub.ownerToken)
    socket.send({ id: 'a', type: 'subscribe', payload: { query: bodies(20) } })
    expect(await socket.next()).toMatchObject({ id: 'a', type: 'next', payload: { errors: [{ extensions: EXCESS }] } })
    await socket.close()
    const { data } = await hub.post<{ websites: { edges: unknown[] } }>(bodies(5), { token: hub.ownerToken })
    expect(data?.websites.edges).toHaveLength(5)
  })

  it('is refused to whoever asks for the schema, too', async () => {
    const types = 'types { name description fields { name description } }'
    expect(await hub.post(`{ __schema { ${types} } }`)).toMatchObject({ errors: [{ extensions: EXCESS }] })
    expect((await hub.post('{ __schema { queryType { name } } }')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    })
  })

  it('of a mutation says that it was carried out', async () => {
    const update = (
      await hub.post<{ websites: { edges: { node: { id: string } }[] } }>(
        '{ websites(first: 1) { edges { node { id } } } }',
        { token: hub.ownerToken },
      )
    ).data?.websites.edges[0]?.node.id
    const aliases = Array.from({ length: 20 }, (_, index) => `a${index}: check { body }`).join(' ')
    const answer = await hub.post(
      `mutation { updateWebsite(input: { id: "${update}", name: "renamed" }) { ... on UpdateWebsiteSuccess { website { ${aliases} } } } }`,
      { token: hub.ownerToken },
    )
    expect(answer.errors?.[0]).toMatchObject({ message: expect.stringContaining('carried out'), extensions: EXCESS })
    const { data } = await hub.post(`{ website(id: "${update}") { name } }`, { token: hub.ownerToken })
    expect(data).toEqual({ website: { name: 'renamed' } })
  })

  it('does not count for subscriptions, whose events come one by one', async () => {
    const socket = await openReadySocket(hub, hub.ownerToken)
    socket.send({
      id: 'a',
      type: 'subscribe',
      payload: { query: 'subscription { websiteChanged { website { check { body } } } }' },
    })
    for (let index = 0; index < 20; index++) {
      expect(await socket.next()).toMatchObject({
        payload: { data: { websiteChanged: { website: { check: { body: BODY } } } } },
      })
    }
    await socket.close()
    expect(hub.errors).toEqual([])
  })
})
