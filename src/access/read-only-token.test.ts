import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReadySocket } from '../testing/raw-socket.js'
import type { TestHub } from '../testing/test-hub.js'
import { CALLS, startHubWithCalls } from '../testing/api/mutations.js'

let hub: TestHub
let fieldOf: (name: string) => string
beforeAll(async () => {
  ;({ hub, fieldOf } = await startHubWithCalls(inject('template')))
})
afterAll(() => hub.close())

describe('a read-only token', () => {
  const FORBIDDEN = [{ extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining('read-only') as string }]
  let token: string
  beforeAll(async () => {
    const { data } = await hub.post<{ createApiToken: { token: string; apiToken: { readOnly: boolean } } }>(
      'mutation { createApiToken(input: { name: "ro", readOnly: true }) { ... on CreateApiTokenSuccess { token apiToken { readOnly } } } }',
      { token: hub.ownerToken },
    )
    if (data?.createApiToken.apiToken.readOnly !== true) throw new Error('the token is not read-only')
    token = data.createApiToken.token
  })

  it.each(Object.keys(CALLS))('is refused %s and changes nothing', async (name) => {
    const before = await hub.parts.store.prisma.auditEntry.count()
    expect(await hub.post(`mutation { ${fieldOf(name)} { __typename } }`, { token })).toMatchObject({
      errors: FORBIDDEN,
    })
    expect(await hub.parts.store.prisma.auditEntry.count()).toBe(before)
  })

  it('reads, follows and exports', async () => {
    expect(
      await hub.post('{ websites { totalCount } auditLog { edges { node { id } } } }', { token }),
    ).not.toHaveProperty('errors')
    const raw = await openReadySocket(hub, token)
    raw.send({ id: 'live', type: 'subscribe', payload: { query: 'subscription { websiteChanged { cause } }' } })
    expect(await raw.next()).toMatchObject({
      type: 'next',
      payload: { data: { websiteChanged: { cause: 'CURRENT' } } },
    })
    await raw.close()
    const response = await fetch(`${hub.url}/export/verdicts.csv`, { headers: { authorization: `Bearer ${token}` } })
    expect(response.status).toBe(200)
    await response.text()
  })

  it('is refused mutations over a socket, as server-sent events, and by a document that mixes names', async () => {
    const query = 'mutation Sly { a: createApiToken(input: { name: "x" }) { __typename } b: logOut { __typename } }'
    const raw = await openReadySocket(hub, token)
    raw.send({ id: 'm', type: 'subscribe', payload: { query } })
    expect(await raw.next()).toMatchObject({ type: 'next', payload: { data: null, errors: FORBIDDEN } })
    await raw.close()
    const headers = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    }
    const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
    expect(await response.text()).toContain('"code":"FORBIDDEN"')
  })
})
