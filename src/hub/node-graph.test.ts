import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addThings, type Things } from '../testing/access/access-things.js'
import { addTestToken, addTestUser } from '../testing/owner/parts.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { signUp } from '../testing/test-validator.js'

let hub: TestHub
let own: Record<string, string>
let foreign: Record<string, string>
let foreignToken: string

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  const { id: userId } = await hub.parts.store.prisma.user.findFirstOrThrow()
  own = idsOf(userId, await addThings(hub, userId, 'own'))
  const stranger = await addTestUser(hub.parts, 'stranger@example.com')
  foreign = idsOf(stranger, await addThings(hub, stranger, 'foreign'))
  ;({ token: foreignToken } = await addTestToken(hub.parts, stranger))
})
afterAll(() => hub.close())

/** By the names of their types. */
function idsOf(user: string, { website, webhook, window, incident, token }: Things): Record<string, string> {
  return {
    User: user,
    Website: website,
    Webhook: webhook,
    MaintenanceWindow: window,
    Incident: incident,
    ApiToken: token,
  }
}

interface Answer {
  node?: unknown
  nodes?: unknown[]
}

async function ask(query: string, token: string | undefined, variables: object) {
  return hub.post<Answer>(query, { ...(token !== undefined && { token }), variables: { ...variables } })
}

const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Website { name } ... on User { email } } }`

describe('node', () => {
  it("gives each of the caller's things by its ID", async () => {
    for (const [type, id] of Object.entries(own)) {
      const { data } = await ask('query ($id: ID!) { node(id: $id) { __typename id } }', hub.ownerToken, { id })
      expect(data).toEqual({ node: { __typename: type, id } })
    }
  })

  it("gives of others' things nothing, as of what is not there", async () => {
    for (const id of [...Object.values(foreign), randomUUID(), 'x', '']) {
      const { data, errors } = await ask('query ($id: ID!) { node(id: $id) { id } }', hub.ownerToken, { id })
      expect([data, errors]).toEqual([{ node: null }, undefined])
    }
  })

  it('gives nothing of what is deleted or ended', async () => {
    const { id: userId } = await hub.parts.store.prisma.user.findUniqueOrThrow({
      where: { email: 'stranger@example.com' },
    })
    const { website, window, token } = await addThings(hub, userId, 'gone')
    const call = (mutation: string, id: string) =>
      ask(`mutation ($id: ID!) { ${mutation}(id: $id) { __typename } }`, foreignToken, { id })
    await call('deleteMaintenanceWindow', window)
    await call('revokeApiToken', token)
    await call('deleteWebsite', website)
    const { data } = await ask(NODES, foreignToken, { ids: [website, window, token] })
    expect(data).toEqual({ nodes: [null, null, null] })
  })
})

describe('nodes', () => {
  it('are in the order of the IDs, each of its own type, with null for what is not there', async () => {
    const ids = [own['Website'], foreign['Website'], own['User'], own['Website']?.toUpperCase(), 'x']
    const { data } = await ask(NODES, hub.ownerToken, { ids })
    const website = { __typename: 'Website', id: own['Website'], name: 'own' }
    expect(data?.nodes).toEqual([
      website,
      null,
      { __typename: 'User', id: own['User'], email: 'owner@localhost' },
      website,
      null,
    ])
  })

  it('are for operators the validators, and for owners those too', async () => {
    const { id } = await signUp(hub)
    for (const token of [hub.operatorToken, hub.ownerToken]) {
      const { data } = await ask(NODES, token, { ids: [id, foreign['Website']] })
      expect(data).toEqual({ nodes: [{ __typename: 'Validator', id }, null] })
    }
  })

  it('are for nobody else', async () => {
    const { sessionToken } = await signUp(hub)
    for (const [token, code] of [
      [undefined, 'UNAUTHENTICATED'],
      [sessionToken, 'FORBIDDEN'],
    ] as const) {
      const { data, errors } = await ask(NODES, token, { ids: Object.values(own) })
      expect([data, errors?.[0]?.extensions['code']]).toEqual([null, code])
    }
  })

  it('are at most 100', async () => {
    const ids = Array.from({ length: 101 }, () => randomUUID())
    expect((await ask(NODES, hub.ownerToken, { ids: ids.slice(1) })).data?.nodes).toHaveLength(100)
    expect(await ask(NODES, hub.ownerToken, { ids })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'ids', limit: 100 } }],
    })
  })

  it('take one statement to tell their types, however many there are and however they are asked for', async () => {
    const { sql } = hub.parts.store
    const { query } = sql
    const texts: string[] = []
    sql.query = (text, ...rest) => {
      texts.push(text)
      return query(text, ...rest)
    }
    const ids = [...Object.values(own), ...Object.values(foreign)]
    const each = ids.map((id, index) => `n${index}: node(id: "${id}") { id }`).join(' ')
    const { data } = await ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } ${each} }`, hub.ownerToken, { ids })
    sql.query = query
    expect(data).toMatchObject({ n0: { id: own['User'] }, n6: null })
    expect(texts.filter((text) => text.includes('UNION ALL'))).toHaveLength(1)
  })
})
