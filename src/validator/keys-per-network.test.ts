import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { NETWORK_PLACE_MS, RECORD_DAYS } from '../limits.js'
import { createKeyPair, type KeyPair } from '../protocol/sign-statement.js'
import type { Store } from '../store/store.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type PostAnswer, type PostOptions, type TestHub } from '../testing/test-hub.js'
import { banValidator } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { askForChallenge, openTaskSocket, trySignup } from '../testing/test-validator.js'
import { DAY_MS } from '../time.js'

const KEYS_MAX = 2

let store: Store
let hub: TestHub
/** On the same database. */
let second: TestHub
beforeEach(async () => {
  store = await openTestStore(inject('template'))
  const overrides = { store: keptOpen(store) }
  const settings = { keysPerNetworkMax: KEYS_MAX, trustProxy: 1 } as const
  hub = await startTestHub(inject('template'), { overrides, settings })
  const origins = [`http://127.0.0.1:${hub.parts.settings.port}`]
  second = await startTestHub(inject('template'), { overrides, clock: hub.clock, settings: { ...settings, origins } })
})
afterEach(async () => {
  const errors = [...hub.errors, ...second.errors]
  await hub.close()
  await second.close()
  await store.close()
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
})
/** A hub as it is asked from an address, through a proxy that is believed. */
function from(address: string, of = hub): TestHub {
  return {
    ...of,
    url: hub.url,
    async post<Data>(query: string, { variables = {} }: PostOptions = {}): Promise<PostAnswer<Data>> {
      const response = await fetch(`${of.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ query, variables }),
      })
      return { status: response.status, ...((await response.json()) as object) }
    },
  }
}

const signupFrom = (address: string, keys: KeyPair = createKeyPair()) => trySignup(from(address), keys)

/** Keys that take part from one network, as many as may. */
async function fill(network = '5.6.7'): Promise<KeyPair[]> {
  const keys = Array.from({ length: KEYS_MAX }, createKeyPair)
  for (const [index, one] of keys.entries()) {
    expect((await signupFrom(`${network}.${index + 1}`, one)).reason).toBeUndefined()
  }
  return keys
}

describe('a network that is full', () => {
  it.each([
    ['its /24', '5.6.7.1', '5.6.7.254', '5.6.8.1'],
    ['its /48', '2a01:4f8:1::1', '2a01:4f8:1:ffff::9', '2a01:4f8:2::1'],
    ['its /24 in another dress', '9.8.7.7', '::ffff:9.8.7.8', '9.8.8.7'],
  ])('takes no new key of %s and changes nothing, while its neighbours do', async (_name, own, same, other) => {
    for (let count = 0; count < KEYS_MAX; count++) expect((await signupFrom(own)).reason).toBeUndefined()
    const [before, keys] = [await storedState(store), createKeyPair()]
    const challenge = await askForChallenge(hub, keys.publicKey)
    const refused = await trySignup(from(same), keys, { challenge })
    expect(refused.reason).toBe('RATE_LIMITED')
    expect(refused.message).toMatch(/^Your key is sound, but at most 2 of one network .* within 24 hours: wait, use /)
    // An agent's line at the terminal has room for it.
    expect(refused.message?.length).toBeLessThan(250)
    expect(isDeepStrictEqual(await storedState(store), before)).toBe(true)
    // Word for word the same, so that an agent tells of it once; and the challenge still serves elsewhere.
    expect(await trySignup(from(same), keys, { challenge })).toEqual(refused)
    expect((await trySignup(from(other), keys, { challenge })).reason).toBeUndefined()
  })

  it('lets its keys go on, from any address of it, and their tasks come', async () => {
    const [one] = (await fill()) as [KeyPair]
    hub.clock.advance(NETWORK_PLACE_MS - 1)
    const { reason, sessionToken = '' } = await signupFrom('5.6.7.99', one)
    expect(reason).toBeUndefined()
    const socket = await openTaskSocket(hub, sessionToken)
    await socket.close()
  })

  it('has room again when a key has stayed away, has moved or is banned', async () => {
    const [one, two] = (await fill()) as [KeyPair, KeyPair]
    const newcomer = createKeyPair()
    const isFull = async () => (await signupFrom('5.6.7.50', newcomer)).reason === 'RATE_LIMITED'
    expect(await isFull()).toBe(true)
    await signupFrom('9.8.7.1', one)
    expect(await isFull()).toBe(false)
    await signupFrom('9.8.7.1', newcomer)
    await signupFrom('5.6.7.1', createKeyPair())
    expect(await isFull()).toBe(true)
    const { id } = await store.prisma.validator.findUniqueOrThrow({ where: { publicKey: two.publicKey } })
    await banValidator(hub, { id })
    expect(await isFull()).toBe(false)
    expect((await signupFrom('5.6.7.51')).reason).toBe('RATE_LIMITED')
    hub.clock.advance(NETWORK_PLACE_MS)
    expect((await signupFrom('5.6.7.51')).reason).toBeUndefined()
  })

  it('takes a known key that comes back only when it has a record', async () => {
    const old = createKeyPair()
    await signupFrom('5.6.7.1', old)
    const { no } = await store.prisma.validator.findUniqueOrThrow({ where: { publicKey: old.publicKey } })
    hub.clock.advance(NETWORK_PLACE_MS)
    await fill()
    for (let day = 0; day < RECORD_DAYS; day++) {
      expect((await signupFrom('5.6.7.1', old)).reason).toBe('RATE_LIMITED')
      await store.prisma.validatorDay.create({
        data: {
          validatorNo: no,
          day: new Date(hub.clock.now() - day * DAY_MS),
          asked: 9,
          agreed: 1,
          disagreed: 0,
          undecided: 0,
          unanswered: 8,
        },
      })
    }
    expect((await signupFrom('5.6.7.1', old)).reason).toBeUndefined()
    expect((await signupFrom('5.6.7.2')).reason).toBe('RATE_LIMITED')
  })
})

it('is limited only where others may be in it too: each private address stands for itself', async () => {
  for (const address of ['127.0.0.1', '192.168.1.20', '10.0.0.1', '100.64.0.1', '::1', 'fd00::1']) {
    for (let count = 0; count <= KEYS_MAX; count++) expect((await signupFrom(address)).reason).toBeUndefined()
  }
})

it('is not limited unless that is set', async () => {
  const open = await startTestHub(inject('template'), { settings: { trustProxy: 1 } })
  for (let count = 0; count < 5; count++) {
    const answer = await trySignup({ ...from('5.6.7.1', open), url: open.url }, createKeyPair())
    expect(answer.reason).toBeUndefined()
  }
  const networks = await open.parts.store.prisma.validator.findMany({ select: { network: true } })
  expect(networks.map(({ network }) => network)).toEqual(Array(5).fill('5.6.7.0/24'))
  await open.close()
})

it('is never exceeded by signups that race, on any hub', async () => {
  let network = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ hub: fc.boolean(), key: fc.nat({ max: 5 }) }), { minLength: 3, maxLength: 10 }),
      async (signups) => {
        network += 1
        const keys = Array.from({ length: 6 }, createKeyPair)
        const answers = await Promise.all(
          signups.map(({ hub: isFirst, key }, index) =>
            trySignup(from(`203.0.${network}.${index}`, isFirst ? hub : second), keys[key] as KeyPair),
          ),
        )
        const isIn = (index: number) => answers[index]?.reason === undefined
        const admitted = new Set(signups.filter((_one, index) => isIn(index)).map(({ key }) => key))
        expect(admitted.size).toBe(Math.min(KEYS_MAX, new Set(signups.map(({ key }) => key)).size))
        expect(await store.prisma.validator.count({ where: { network: `203.0.${network}.0/24` } })).toBe(admitted.size)
      },
    ),
    { numRuns: 15, endOnFailure: true },
  )
}, 60_000)
