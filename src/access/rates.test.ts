import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { OPERATOR } from '../graph/actor.js'
import { createOwner } from '../owner/create-owner.js'
import { createKeyPair } from '../protocol/sign-statement.js'
import type { RateLimits } from '../rates.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { askForChallenge, signUp, trySignup } from '../testing/test-validator.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'
import { TRANSPORTS, type TransportAnswer } from '../testing/api/transports.js'

let hub: TestHub
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T13:00:00.000Z') })
})
afterEach(async () => {
  vi.useRealTimers()
  await hub.close()
})

const start = async (rates: Partial<RateLimits>, settings = {}) => {
  hub = await startTestHub(inject('template'), { settings: { rates: { ...WIDE_RATES, ...rates }, ...settings } })
}
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const codesOf = ({ errors = [] }: TransportAnswer) => errors.map(({ extensions }) => extensions['code'])
const REFUSED = [
  { extensions: { code: 'RATE_LIMITED', retryAfter: 60 }, message: expect.stringContaining('retry in 60 s') as string },
]
const QUERY = '{ viewer { __typename } }'

describe.each(Object.entries(TRANSPORTS))('over %s', (name, ask) => {
  const told = { errors: REFUSED }
  const how = name === 'WebSocket' ? { message: { type: 'error', isAlive: true } } : { status: 429, retryAfter: '60' }

  it('who has asked for too much is told when to come again, and then served', async () => {
    // Checking a document costs 1 the first time.
    await start({ ANONYMOUS_COST: 25 })
    expect((await ask(hub, QUERY)).data).toEqual({ viewer: null })
    expect((await ask(hub, QUERY)).data).toEqual({ viewer: null })
    const refused = await ask(hub, QUERY)
    expect(refused).toMatchObject({ ...told, ...how })
    expect(refused.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 60 })
    pass(60)
    expect((await ask(hub, QUERY)).data).toEqual({ viewer: null })
  })

  it('owners and the operator are counted apart from who has no token', async () => {
    await start({ ANONYMOUS_COST: 12, ACCOUNT_COST: 24 })
    await ask(hub, QUERY)
    expect(codesOf(await ask(hub, QUERY))).toEqual(['RATE_LIMITED'])
    const owner = { token: hub.ownerToken }
    await ask(hub, QUERY, owner)
    await ask(hub, QUERY, owner)
    expect(await ask(hub, QUERY, owner)).toMatchObject({ ...told, ...how })
    for (let index = 0; index < 5; index++) {
      expect((await ask(hub, QUERY, { token: hub.operatorToken })).data).toEqual({ viewer: { __typename: 'Operator' } })
    }
  })

  it('faulty documents cost too, and are not even read when nothing is left', async () => {
    await start({ ANONYMOUS_COST: 20 })
    expect(codesOf(await ask(hub, '{ nonsense }'))).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    expect(codesOf(await ask(hub, '{ nonsense'))).toEqual(['GRAPHQL_PARSE_FAILED'])
    expect(codesOf(await ask(hub, '{ nonsense }'))).toEqual(['RATE_LIMITED'])
    expect(codesOf(await ask(hub, '{ nonsense'))).toEqual(['RATE_LIMITED'])
  })

  it('what asks for larger pages costs more', async () => {
    await start({ ACCOUNT_COST: 450 })
    const token = hub.ownerToken
    const page = (first: number) => `{ websites(first: ${first}) { edges { node { id name } } } }`
    expect((await ask(hub, page(10), { token })).data).toBeDefined()
    expect(codesOf(await ask(hub, page(100), { token }))).toEqual(['RATE_LIMITED'])
    // A refused document leaves room for one that still fits.
    expect((await ask(hub, page(10), { token })).data).toBeDefined()
  })
})

describe('a refused document', () => {
  it('has run nothing of itself', async () => {
    await start({ ACCOUNT_COST: 30 })
    const create = `mutation { createWebsite(input: { name: "a", url: "http://127.0.0.1:9/" }) { __typename } }`
    expect(await hub.post(create, { token: hub.ownerToken })).toMatchObject({ status: 200 })
    await hub.post(QUERY, { token: hub.ownerToken })
    const before = await hub.parts.store.prisma.website.findMany()
    expect(await hub.post(create, { token: hub.ownerToken })).toMatchObject({ status: 429, errors: REFUSED })
    expect(await hub.parts.store.prisma.website.findMany()).toEqual(before)
  })
})

describe('tokens of nobody', () => {
  it('are not looked up any more when there were many from an address, where known ones still are', async () => {
    await start({ BAD_TOKENS: 2 })
    expect((await hub.post(QUERY, { token: hub.ownerToken })).data).toBeDefined()
    for (const guess of ['a', 'b']) {
      expect(codesOf(await hub.post(QUERY, { token: guess }))).toEqual(['UNAUTHENTICATED'])
    }
    expect(await hub.post(QUERY, { token: 'c' })).toMatchObject({ status: 429, errors: REFUSED })
    expect((await hub.post(QUERY, { token: hub.ownerToken })).data).toEqual({ viewer: { __typename: 'User' } })
    for (const path of ['/export/verdicts.csv', '/operator/backup']) {
      const response = await fetch(`${hub.url}${path}`, { headers: { authorization: 'Bearer d' } })
      expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60'])
    }
  })
})

describe('passwords', () => {
  const email = 'ada@example.com'
  const password = 'correct horse battery'
  const fields = '... on LogInRefused { reason message retryAfter } ... on LogInSuccess { token }'
  const logIn = (of: string, as: string) => `logIn(input: { email: "${as}", password: "${of}" }) { ${fields} }`
  const tryOnce = async (of: string, as = email) => (await hub.post(`mutation { ${logIn(of, as)} }`)).data?.['logIn']
  const limited = {
    reason: 'RATE_LIMITED',
    retryAfter: 60,
    message: expect.stringContaining('wait 60 s') as string,
  }
  const startWithAda = async (rates: Partial<RateLimits>) => {
    await start(rates)
    await createOwner(hub.parts, OPERATOR, { email, password })
  }

  it('may be guessed at an account so often, however they are spelt; right ones are not counted', async () => {
    await startWithAda({ LOG_INS_OF_ACCOUNT: 3 })
    for (let index = 0; index < 4; index++) expect(await tryOnce(password)).toMatchObject({ token: expect.any(String) })
    expect(await tryOnce('wrong password')).toMatchObject({ reason: 'WRONG_CREDENTIALS', retryAfter: null })
    expect(await tryOnce('wrong password', ' ADA@example.com ')).toMatchObject({ reason: 'WRONG_CREDENTIALS' })
    expect(await tryOnce('wrong password')).toMatchObject({ reason: 'WRONG_CREDENTIALS' })
    const sessions = await hub.parts.store.prisma.apiToken.count()
    expect(await tryOnce(password)).toEqual(limited)
    expect(await tryOnce('wrong password', 'eve@example.com')).toMatchObject({ reason: 'WRONG_CREDENTIALS' })
    expect(await hub.parts.store.prisma.apiToken.count()).toBe(sessions)
    pass(60)
    expect(await tryOnce(password)).toMatchObject({ token: expect.any(String) })
  })

  it('are tried once by each alias of a document, and what was given stays given', async () => {
    await startWithAda({ LOG_INS: 2 })
    const aliases = ['a', 'b', 'c'].map((alias) => `${alias}: ${logIn(password, email)}`)
    const { data } = await hub.post(`mutation { ${aliases.join(' ')} }`)
    expect(data).toEqual({ a: { token: expect.any(String) }, b: { token: expect.any(String) }, c: limited })
  })

  it('of registrations count where registration is open', async () => {
    await start({ SIGNUPS: 1 }, { registration: 'open' })
    const register = (as: string) =>
      hub.post(`mutation { register(input: { email: "${as}", password: "${password}" }) { __typename
        ... on RegisterRefused { reason retryAfter } } }`)
    expect((await register('a@example.com')).data).toEqual({ register: { __typename: 'RegisterSuccess' } })
    const owners = await hub.parts.store.prisma.user.count()
    const refusal = { __typename: 'RegisterRefused', reason: 'RATE_LIMITED', retryAfter: 60 }
    expect((await register('b@example.com')).data).toEqual({ register: refusal })
    expect(await hub.parts.store.prisma.user.count()).toBe(owners)
  })
})

describe('signups of validators', () => {
  it('from an address are refused beyond a number, but for keys that have proved themselves there', async () => {
    await start({ SIGNUPS: 2 })
    const known = createKeyPair()
    await signUp(hub, known)
    await trySignup(hub, createKeyPair(), { statement: 'nonsense' })
    const before = await storedState(hub.parts.store)
    const refused = await trySignup(hub, createKeyPair())
    expect(refused).toMatchObject({ reason: 'RATE_LIMITED', message: expect.stringContaining('wait 60 s') as string })
    expect(await storedState(hub.parts.store)).toEqual(before)
    expect((await signUp(hub, known)).sessionToken).toMatch(/^ovs_/)
  })

  it('of one key are refused beyond a number that it has really signed', async () => {
    await start({ SIGNUPS_OF_KEY: 2 })
    const keys = createKeyPair()
    for (let index = 0; index < 5; index++) await trySignup(hub, keys, { statement: 'nonsense' })
    await signUp(hub, keys)
    await signUp(hub, keys)
    const before = await storedState(hub.parts.store)
    expect(await trySignup(hub, keys)).toMatchObject({ reason: 'RATE_LIMITED' })
    expect(await storedState(hub.parts.store)).toEqual(before)
    await signUp(hub)
  })

  it('need challenges, of which there are so many', async () => {
    await start({ CHALLENGES: 2 })
    const { publicKey } = createKeyPair()
    const ask = `mutation ($publicKey: PublicKey!) { createSignupChallenge(input: { publicKey: $publicKey }) { challenge } }`
    await askForChallenge(hub, publicKey)
    await askForChallenge(hub, publicKey)
    const overHttp = await TRANSPORTS.POST(hub, ask, { variables: { publicKey } })
    expect(overHttp).toMatchObject({ status: 429, retryAfter: '60', errors: REFUSED, data: null })
    const overSocket = await TRANSPORTS.WebSocket(hub, ask, { variables: { publicKey } })
    expect(overSocket).toMatchObject({ errors: REFUSED, data: null, message: { isAlive: true } })
    expect(overSocket.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 60 })
  })
})
