import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { OPERATOR } from '../graph/actor.js'
import { LOG_IN_PLACES_MAX, RATES } from '../limits.js'
import type { RateLimits } from '../rates.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'
import { DAY_MS, HOUR_MS } from '../time.js'
import { createOwner } from './create-owner.js'
import { deleteExpiredTokens } from './delete-expired-tokens.js'

const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'
const HOME = '203.0.113.1'
const { WRONG_PASSWORDS_FROM_ADDRESS, WRONG_PASSWORDS_OF_ACCOUNT } = RATES

let hub: TestHub
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T13:00:00.000Z') })
  const rates: RateLimits = { ...WIDE_RATES, WRONG_PASSWORDS_FROM_ADDRESS, WRONG_PASSWORDS_OF_ACCOUNT }
  hub = await startTestHub(inject('template'), { settings: { rates, trustProxy: 1 } })
  await createOwner(hub.parts, OPERATOR, { email: EMAIL, password: PASSWORD })
})
afterEach(async () => {
  vi.useRealTimers()
  const { errors } = hub
  await hub.close()
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
})

interface Told {
  reason?: string
  retryAfter?: number
  token?: string
}

async function ask(field: string, address: string, token?: string): Promise<Told[]> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: `mutation { ${field} }` }),
  })
  return Object.values(((await response.json()) as { data: Record<string, Told> }).data)
}

const FIELDS = '... on LogInRefused { reason retryAfter } ... on LogInSuccess { token }'
const logInField = (password: string, email: string) =>
  `logIn(input: { email: "${email}", password: "${password}" }) { ${FIELDS} }`
const logIn = async (address: string, password = PASSWORD, email = EMAIL) =>
  (await ask(logInField(password, email), address))[0]
/** So many wrong guesses in one document. */
async function guess(address: string, count: number, email = EMAIL): Promise<string[]> {
  const aliases = Array.from({ length: count }, (_, index) => `a${index}: ${logInField(`wrong ${index}`, email)}`)
  return (await ask(aliases.join(' '), address)).map(({ reason = '' }) => reason)
}
/** As many as there may be of the account, from as few addresses as it takes. */
async function spendAll(email = EMAIL): Promise<void> {
  for (let index = 0; index * WRONG_PASSWORDS_FROM_ADDRESS < WRONG_PASSWORDS_OF_ACCOUNT; index++) {
    const told = await guess(`192.0.2.${index}`, WRONG_PASSWORDS_FROM_ADDRESS, email)
    expect(new Set(told)).toEqual(new Set(['WRONG_CREDENTIALS']))
  }
}
const IN = { token: expect.any(String) as string }
const WAIT_A_MINUTE = { reason: 'RATE_LIMITED', retryAfter: 60 }
const WAIT_AN_HOUR = { reason: 'RATE_LIMITED', retryAfter: 3_600 }
const places = () => hub.parts.store.prisma.logInPlace.findMany()

describe('wrong guesses', () => {
  it('are ten a minute for an address and an account, and stop nobody elsewhere and no other account', async () => {
    expect(await guess(HOME, 11)).toEqual([...Array<string>(10).fill('WRONG_CREDENTIALS'), 'RATE_LIMITED'])
    const sessions = await hub.parts.store.prisma.apiToken.count()
    expect(await logIn(HOME)).toEqual(WAIT_A_MINUTE)
    expect(await hub.parts.store.prisma.apiToken.count()).toBe(sessions)
    expect(await logIn('203.0.113.2')).toEqual(IN)
    expect(await guess(HOME, 1, 'eve@example.com')).toEqual(['WRONG_CREDENTIALS'])
    vi.setSystemTime(Date.now() + 60_000)
    expect(await logIn(HOME)).toEqual(IN)
  })

  it('are a hundred an hour for an account, known or not, from wherever they come', async () => {
    for (const email of [EMAIL, 'nobody@example.com', String.raw`\u0000@example.com`]) {
      await spendAll(email)
      const sessions = await hub.parts.store.prisma.apiToken.count()
      expect(await logIn(HOME, PASSWORD, email)).toEqual(WAIT_AN_HOUR)
      expect(await hub.parts.store.prisma.apiToken.count()).toBe(sessions)
    }
    vi.setSystemTime(Date.now() + HOUR_MS)
    expect(await logIn(HOME)).toEqual(IN)
  })
})

describe('an address from which an account has logged in', () => {
  it.each([
    [HOME, HOME, '203.0.113.2'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
  ])('is not stopped by guesses from elsewhere: %s', async (known, same, other) => {
    expect(await logIn(known)).toEqual(IN)
    await spendAll()
    expect(await logIn(same)).toEqual(IN)
    expect(await logIn(other)).toEqual(WAIT_AN_HOUR)
    // Its own are still ten a minute.
    expect((await guess(same, 11)).at(-1)).toBe('RATE_LIMITED')
  })

  it('is forgotten with a changed password', async () => {
    const [session] = await ask(logInField(PASSWORD, EMAIL), HOME)
    expect(await places()).toHaveLength(1)
    const change = `changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another ${PASSWORD}" }) { __typename }`
    await ask(change, HOME, session?.token)
    expect(await places()).toEqual([])
    await spendAll()
    expect(await logIn(HOME, `another ${PASSWORD}`)).toEqual(WAIT_AN_HOUR)
  })

  it('is known for 30 days, and then deleted', async () => {
    await logIn(HOME)
    hub.clock.advance(30 * DAY_MS - 1)
    await deleteExpiredTokens(hub.parts)
    expect(await places()).toHaveLength(1)
    hub.clock.advance(1)
    await spendAll()
    expect(await logIn(HOME)).toEqual(WAIT_AN_HOUR)
    await deleteExpiredTokens(hub.parts)
    expect(await places()).toEqual([])
  })

  it('is one of ten, of which the one that was longest unused gives way', async () => {
    for (let index = 0; index <= LOG_IN_PLACES_MAX; index++) {
      hub.clock.advance(1)
      expect(await logIn(index === 5 ? HOME : `198.51.100.${index}`)).toEqual(IN)
    }
    expect(await places()).toHaveLength(LOG_IN_PLACES_MAX)
    await spendAll()
    expect(await logIn('198.51.100.0')).toEqual(WAIT_AN_HOUR)
    expect(await logIn('198.51.100.1')).toEqual(IN)
  })

  it('is kept as a hash that tells neither it nor who else was there', async () => {
    await createOwner(hub.parts, OPERATOR, { email: 'eve@example.com', password: PASSWORD })
    await logIn(HOME)
    await logIn(HOME, PASSWORD, 'eve@example.com')
    await logIn(HOME)
    const hashes = (await places()).map(({ hash }) => Buffer.from(hash).toString('hex'))
    expect(new Set(hashes).size).toBe(2)
    expect(hashes.every((hash) => hash.length === 32)).toBe(true)
  })
})
