import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, type TestMember } from '../testing/test-round.js'
import { signUp } from '../testing/test-validator.js'

let hub: TestHub
let members: TestMember[]
/** Registered first and last, never connected. */
let absent: string[]
let joinedAt: string

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  const { id: first } = await signUp(hub)
  members = [await joinHub(hub), await joinHub(hub), await joinHub(hub)]
  joinedAt = new Date(hub.clock.now()).toISOString()
  absent = [first, (await signUp(hub)).id]
})
afterAll(async () => {
  await Promise.all(members.map(({ socket }) => socket.close()))
  await hub.close()
})

const ask = async <Data>(query: string, variables = {}) => {
  const { data, errors } = await hub.post<Data>(query, { token: hub.operatorToken, variables })
  if (!data) throw new Error(JSON.stringify(errors))
  return data
}

interface Page<Node> {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string }
  edges: { node: Node }[]
}
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage endCursor startCursor }'

const list = async (state: string, page = {}) => {
  interface Answer {
    validators: Page<{ id: string; connected: boolean; connectedSince: string | null }>
  }
  const { validators } = await ask<Answer>(
    `query ($state: ValidatorState!, $first: Int, $after: String, $last: Int, $before: String) {
      validators(state: $state, first: $first, after: $after, last: $last, before: $before) {
        ${PAGE_INFO} edges { node { id connected connectedSince } } } }`,
    { state, ...page },
  )
  return { ...validators, ids: validators.edges.map(({ node }) => node.id) }
}

describe('validators', () => {
  it('say whether they are connected to this hub and since when', async () => {
    const { edges } = await list('ALL')
    const [one, two] = absent
    expect(Object.fromEntries(edges.map(({ node: { id, ...rest } }) => [id, rest]))).toEqual({
      ...Object.fromEntries(members.map(({ id }) => [id, { connected: true, connectedSince: joinedAt }])),
      [one ?? '']: { connected: false, connectedSince: null },
      [two ?? '']: { connected: false, connectedSince: null },
    })
  })

  it('are listed by whether they are connected, in pages from either end', async () => {
    const newestFirst = members.map(({ id }) => id).toReversed()
    const { ids, pageInfo } = await list('CONNECTED', { first: 2 })
    expect([ids, pageInfo.hasNextPage]).toEqual([newestFirst.slice(0, 2), true])
    const next = await list('CONNECTED', { first: 2, after: pageInfo.endCursor })
    expect([next.ids, next.pageInfo.hasNextPage]).toEqual([newestFirst.slice(2), false])
    const back = await list('CONNECTED', { last: 1, before: next.pageInfo.startCursor })
    expect([back.ids, back.pageInfo.hasPreviousPage]).toEqual([newestFirst.slice(1, 2), true])
  })

  it('leave that list when they close', async () => {
    const guest = await joinHub(hub)
    expect((await list('CONNECTED')).ids).toContain(guest.id)
    await guest.socket.close()
    await eventually(async () => expect((await list('CONNECTED')).ids).not.toContain(guest.id))
  })
})

describe('sessions', () => {
  const read = async (page: object) => {
    interface Answer {
      sessions: Page<{ validator: { id: string } }> & { totalCount: number }
    }
    const { sessions } = await ask<Answer>(
      `query ($first: Int, $after: String, $last: Int, $before: String) {
        sessions(first: $first, after: $after, last: $last, before: $before) {
          totalCount ${PAGE_INFO} edges { node { validator { id } } } } }`,
      page,
    )
    return { ...sessions, ids: sessions.edges.map(({ node }) => node.validator.id) }
  }

  it('come in pages, in the order of registration, with how many there are', async () => {
    const ids = members.map(({ id }) => id)
    const first = await read({ first: 2 })
    expect(first).toMatchObject({ totalCount: 3, ids: ids.slice(0, 2), pageInfo: { hasNextPage: true } })
    const next = await read({ first: 2, after: first.pageInfo.endCursor })
    expect(next).toMatchObject({ totalCount: 3, ids: ids.slice(2), pageInfo: { hasNextPage: false } })
    expect(await read({ last: 1 })).toMatchObject({ ids: ids.slice(2), pageInfo: { hasPreviousPage: true } })
    expect(await read({ last: 2, before: next.pageInfo.startCursor })).toMatchObject({ ids: ids.slice(0, 2) })
  })

  it('refuse a cursor that no page has given out', async () => {
    await expect(read({ first: 1, after: 'x' })).rejects.toThrow(/BAD_USER_INPUT.*"argument":"after"/)
  })
})

describe('a ban and a suspension', () => {
  const set = (mutation: string, id: string, switches: string) =>
    ask(
      `mutation ($id: ID!) { ${mutation}(input: { id: $id, ${switches} }) {
        ... on InputProblem { field message } ... on Problem { __typename } } }`,
      { id },
    )
  const since = async (id: string) => {
    const { bannedAt, suspendedAt } = await hub.parts.store.prisma.validator.findUniqueOrThrow({ where: { id } })
    return { bannedAt, suspendedAt }
  }

  it('are refused for a validator that is not there, and nothing changes', async () => {
    const before = await storedState(hub.parts.store)
    for (const id of [randomUUID(), 'x']) {
      expect(await set('setValidatorBan', id, 'banned: true')).toMatchObject({
        setValidatorBan: { __typename: 'SetValidatorBanRefused', field: 'id' },
      })
      expect(await set('setValidatorSuspension', id, 'suspended: true')).toMatchObject({
        setValidatorSuspension: { __typename: 'SetValidatorSuspensionRefused', field: 'id' },
      })
    }
    expect(await storedState(hub.parts.store)).toEqual(before)
  })

  it('last since they were first said, until they are lifted', async () => {
    const [id = ''] = absent
    const first = new Date(hub.clock.now())
    for (const _again of [1, 2]) {
      await set('setValidatorBan', id, 'banned: true')
      await set('setValidatorSuspension', id, 'suspended: true')
      hub.clock.advance(1_000)
    }
    expect(await since(id)).toEqual({ bannedAt: first, suspendedAt: first })
    await set('setValidatorBan', id, 'banned: false')
    await set('setValidatorSuspension', id, 'suspended: false')
    expect(await since(id)).toEqual({ bannedAt: null, suspendedAt: null })
  })
})
