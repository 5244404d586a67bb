import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { createApiToken } from '../owner/create-api-token.js'
import { openReadySocket, type RawSocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { banValidator, joinHub, playRound } from '../testing/test-round.js'
import { createWebsites, signUp } from '../testing/test-validator.js'
import { ownerActor } from '../testing/owner/parts.js'
import { eventually } from '../testing/eventually.js'

/** The promise for access that another hub or the database withdraws. */
const WITHDRAWN_WITHIN_MS = 5_000
const PASSWORD = 'correct horse battery'
const WEBSITES = 'subscription { websiteChanged { cause website { name } } }'
const TASKS = 'subscription { tasks { callbackId } }'

let hub: TestHub
let userId: string
beforeAll(async () => {
  hub = await startTestHub(inject('template'), { settings: { registration: 'open' } })
  await createWebsites(hub, 1)
  userId = (await hub.parts.store.prisma.user.findFirstOrThrow()).id
})
afterAll(() => hub.close())
beforeEach((context) => {
  const listeners = hub.parts.bus.listenerCount()
  context.onTestFinished(async () => {
    await vi.waitUntil(() => hub.parts.bus.listenerCount() === listeners, { timeout: 10_000 })
  })
})

async function makeToken(access: 'FULL' | 'READ_ONLY' = 'FULL') {
  const readOnly = access === 'READ_ONLY'
  const made = await createApiToken(hub.parts, ownerActor(userId), { name: 'live', readOnly })
  if (made.kind === 'refused') throw new Error(made.message)
  return { token: made.token, id: made.apiToken.id }
}

async function followWebsites(token: string): Promise<RawSocket> {
  const raw = await openReadySocket(hub, token)
  raw.send({ id: 'live', type: 'subscribe', payload: { query: WEBSITES } })
  expect(await raw.next()).toMatchObject({ type: 'next', payload: { data: { websiteChanged: { cause: 'CURRENT' } } } })
  return raw
}

/** An event that says why, then 4403. */
async function expectEnded(raw: RawSocket): Promise<void> {
  expect(JSON.stringify(await raw.next())).toContain('"code":"UNAUTHENTICATED"')
  expect(await raw.closed).toMatchObject({ code: 4403 })
}

const update = (id: string, data: { revokedAt?: Date; expiresAt?: Date }) =>
  hub.parts.store.prisma.apiToken.update({ where: { id }, data })

/** Moves the clock to the hub's next look. */
async function waitUntilLooked(raw: { closed: Promise<unknown> }): Promise<void> {
  let isClosed = false
  void raw.closed.finally(() => {
    isClosed = true
  })
  const until = hub.clock.now() + WITHDRAWN_WITHIN_MS
  await eventually(() => {
    if (hub.clock.now() < until) hub.clock.advance(500)
    if (!isClosed) throw new Error('still open')
  })
}

async function logIn(email: string): Promise<string> {
  const { data } = await hub.post<{ logIn: { token: string } }>(
    `mutation ($email: String!) { logIn(input: { email: $email, password: "${PASSWORD}" }) { ... on LogInSuccess { token } } }`,
    { variables: { email } },
  )
  return data?.logIn.token ?? ''
}

async function register(email: string): Promise<string> {
  const { data } = await hub.post<{ register: { token: string } }>(
    `mutation ($email: String!) { register(input: { email: $email, password: "${PASSWORD}" }) { ... on RegisterSuccess { token } } }`,
    { variables: { email } },
  )
  return data?.register.token ?? ''
}

describe('what this hub withdraws ends at once', () => {
  it('a revoked token, and nobody else', async () => {
    const [ended, other] = [await makeToken(), await makeToken()]
    const [live, kept] = [await followWebsites(ended.token), await followWebsites(other.token)]
    const idle = await openReadySocket(hub, ended.token)
    await hub.post('mutation ($id: ID!) { revokeApiToken(id: $id) { __typename } }', {
      token: other.token,
      variables: { id: ended.id },
    })
    await expectEnded(live)
    expect(await idle.closed).toMatchObject({ code: 4403 })
    kept.send({ type: 'ping' })
    expect((await kept.next()).type).toBe('pong')
    await kept.close()
  })

  it('a log-out, a changed password elsewhere, and all that an operator revokes', async () => {
    const first = await register('ada@example.com')
    const sessions = [await logIn('ada@example.com'), await logIn('ada@example.com')]
    const [loggedOut, elsewhere, own] = await Promise.all(
      [...sessions, first].map((token) => openReadySocket(hub, token)),
    )
    await hub.post('mutation { logOut { __typename } }', { token: sessions[0] ?? '' })
    expect(await loggedOut?.closed).toMatchObject({ code: 4403 })
    await hub.post(
      `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another ${PASSWORD}" }) { __typename } }`,
      { token: first },
    )
    expect(await elsewhere?.closed).toMatchObject({ code: 4403 })
    own?.send({ type: 'ping' })
    expect((await own?.next())?.type).toBe('pong')
    const { data } = await hub.post(
      'mutation { revokeOwnerTokens(input: { email: "ada@example.com" }) { ... on RevokeOwnerTokensSuccess { revokedCount } } }',
      { token: hub.operatorToken },
    )
    expect(data).toEqual({ revokeOwnerTokens: { revokedCount: 1 } })
    expect(await own?.closed).toMatchObject({ code: 4403 })
  })

  it('on a stream of server-sent events, which tells why and ends', async () => {
    const { token, id } = await makeToken('READ_ONLY')
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: WEBSITES }),
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('CURRENT')) text += (await reader?.read())?.value ?? ''
    await hub.post('mutation ($id: ID!) { revokeApiToken(id: $id) { __typename } }', {
      token: hub.ownerToken,
      variables: { id },
    })
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value
    expect(text).toMatch(/event: next\ndata: .*"code":"UNAUTHENTICATED".*\n\nevent: complete/)
  })
})

describe('what another hub or the database withdraws ends within 5 s', () => {
  it.each([
    { what: 'a revoked token', take: (id: string) => update(id, { revokedAt: new Date(hub.clock.now()) }) },
    { what: 'one that runs out', take: (id: string) => update(id, { expiresAt: new Date(hub.clock.now() + 1_000) }) },
    { what: 'one that is gone', take: (id: string) => hub.parts.store.prisma.apiToken.delete({ where: { id } }) },
  ])('$what', async ({ take }) => {
    const { token, id } = await makeToken()
    const [live, kept] = [await followWebsites(token), await followWebsites(hub.ownerToken)]
    await take(id)
    await waitUntilLooked(live)
    await expectEnded(live)
    kept.send({ type: 'ping' })
    expect((await kept.next()).type).toBe('pong')
    await kept.close()
  })

  it("a deleted owner's", async () => {
    const token = await register('eve@example.com')
    const live = await openReadySocket(hub, token)
    await hub.parts.store.prisma.user.delete({ where: { email: 'eve@example.com' } })
    await waitUntilLooked(live)
    expect(await live.closed).toMatchObject({ code: 4403 })
  })

  it("a banned validator's", async () => {
    const member = await joinHub(hub)
    await hub.parts.store.prisma.validator.update({
      where: { id: member.id },
      data: { bannedAt: new Date(hub.clock.now()) },
    })
    await waitUntilLooked(member.socket)
    expect(await member.socket.closed).toBe(4403)
    expect(hub.parts.sessions.count()).toBe(0)
  })

  it('but nothing while the database does not answer', async () => {
    const kept = await followWebsites(hub.ownerToken)
    const { query } = hub.parts.store.sql
    const asked = new Promise<void>((resolve) => {
      hub.parts.store.sql.query = (text, parameters) => {
        if (!text.includes('AS withdrawal')) return query(text, parameters)
        resolve()
        return Promise.reject(new Error('the database is away'))
      }
    })
    await eventually(() => {
      hub.clock.advance(500)
      return Promise.race([asked, Promise.reject(new Error('not asked'))])
    })
    hub.parts.store.sql.query = query
    kept.send({ type: 'ping' })
    expect((await kept.next()).type).toBe('pong')
    await kept.close()
  })
})

describe('a suspended validator', () => {
  const suspend = (id: string, suspended: boolean) =>
    hub.post(
      'mutation ($id: ID!, $to: Boolean!) { setValidatorSuspension(input: { id: $id, suspended: $to }) { ... on SetValidatorSuspensionSuccess { validator { suspended } } } }',
      {
        token: hub.operatorToken,
        variables: { id, to: suspended },
      },
    )

  it('is told on its subscription, keeps its socket and gets no tasks until that is lifted', async () => {
    const validator = await signUp(hub)
    const raw = await openReadySocket(hub, validator.sessionToken)
    const subscribe = (id: string) => raw.send({ id, type: 'subscribe', payload: { query: TASKS } })
    subscribe('first')
    await eventually(() => expect(hub.parts.sessions.count()).toBe(1))
    expect(await suspend(validator.id, true)).toMatchObject({
      data: { setValidatorSuspension: { validator: { suspended: true } } },
    })
    expect(await raw.next()).toMatchObject({
      id: 'first',
      type: 'next',
      payload: { errors: [{ extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining('suspended') }] },
    })
    expect(await raw.next()).toMatchObject({ id: 'first', type: 'complete' })
    expect(hub.parts.sessions.count()).toBe(0)
    subscribe('second')
    expect(await raw.next()).toMatchObject({
      id: 'second',
      payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    })
    expect(await raw.next()).toMatchObject({ id: 'second', type: 'complete' })

    await suspend(validator.id, false)
    subscribe('third')
    await eventually(() => expect(hub.parts.sessions.count()).toBe(1))
    hub.clock.advance(60_000)
    await hub.startRound(hub.clock.now())
    expect(await raw.next()).toMatchObject({ id: 'third', payload: { data: { tasks: [{}] } } })
    await raw.close()
  })

  it('is another thing than a banned one', async () => {
    const [suspended, banned, other] = [await joinHub(hub), await joinHub(hub), await joinHub(hub)]
    await suspend(suspended.id, true)
    await banValidator(hub, banned)
    expect(await banned.socket.closed).toBe(4403)
    expect(await playRound(hub, other)).toMatchObject([{ length: 1 }])
    expect(await hub.parts.store.prisma.validatorSession.count({ where: { validatorId: suspended.id } })).toBe(1)
    expect(await hub.parts.store.prisma.validatorSession.count({ where: { validatorId: banned.id } })).toBe(0)
    await Promise.all([suspended.socket.close(), other.socket.close()])
  })
})
