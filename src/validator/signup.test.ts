import { isDeepStrictEqual } from 'node:util'
import nacl from 'tweetnacl'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createKeyPair, signStatement } from '../protocol/sign-statement.js'
import { signupStatement } from '../protocol/signup-statement.js'
import { encodePublicKey, encodeSignature } from '../protocol/text-forms.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { askForChallenge, trySignup, type SignupOverrides } from '../testing/test-validator.js'
import { SIGNUP_REFUSALS, type SignupRefusal } from './signup-refusals.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
})
afterAll(() => hub.close())

const VIEWER = `{ viewer { __typename ... on Validator { id label region agentVersion pendingPayouts banned } } }`
const stored = () => storedState(hub.parts.store)

/** Signs up, and looks whether that changed anything. */
async function outcome(overrides: SignupOverrides, keys = createKeyPair()) {
  const before = await stored()
  const answer = await trySignup(hub, keys, overrides)
  return { ...answer, changed: !isDeepStrictEqual(await stored(), before), errors: hub.errors }
}

/** One refusal with its own sentence, which left everything as it was. */
const refused = (reason: SignupRefusal) => ({ reason, message: SIGNUP_REFUSALS[reason], changed: false, errors: [] })

describe('signup', () => {
  it('registers a new key', async () => {
    const { validator, sessionToken } = await trySignup(hub, createKeyPair(), {
      ip: '2001:db8::1',
      input: { label: 'Köln 1', region: 'eu', agentVersion: 'other/1.0' },
    })
    const { data } = await hub.post(VIEWER, { token: sessionToken ?? '' })
    expect(data).toEqual({
      viewer: {
        __typename: 'Validator',
        id: validator?.id,
        label: 'Köln 1',
        region: 'eu',
        agentVersion: 'other/1.0',
        pendingPayouts: '0',
        banned: false,
      },
    })
  })

  it('recognises a known key, and its older session goes on', async () => {
    const keys = createKeyPair()
    const first = await trySignup(hub, keys, { input: { label: 'old' } })
    const second = await trySignup(hub, keys, { input: { label: 'new' } })
    expect(second.validator?.id).toBe(first.validator?.id)
    expect(second.sessionToken).not.toBe(first.sessionToken)
    for (const { sessionToken } of [first, second]) {
      const { data } = await hub.post(VIEWER, { token: sessionToken ?? '' })
      expect(data).toMatchObject({ viewer: { id: first.validator?.id, label: 'new' } })
    }
  })

  it('keeps no token, only its hash', async () => {
    const { sessionToken = '' } = await trySignup(hub, createKeyPair())
    const rows = await hub.parts.store.sql.query<{ text: string }>(
      `SELECT s::text AS text FROM "ValidatorSession" s UNION ALL SELECT v::text FROM "Validator" v`,
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.filter(({ text }) => text.includes(sessionToken.slice(4)))).toEqual([])
  })

  it('registers a key once, however many signups race', async () => {
    const keys = createKeyPair()
    const answers = await Promise.all(Array.from({ length: 10 }, () => trySignup(hub, keys)))
    expect(new Set(answers.map(({ validator }) => validator?.id)).size).toBe(1)
    expect(new Set(answers.map(({ sessionToken }) => sessionToken)).size).toBe(10)
    expect(await hub.parts.store.prisma.validator.count({ where: { publicKey: keys.publicKey } })).toBe(1)
  })

  it('takes a challenge once, however many signups race for it', async () => {
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    const answers = await Promise.all(Array.from({ length: 10 }, () => trySignup(hub, keys, { challenge })))
    expect(answers.filter(({ sessionToken }) => sessionToken !== undefined)).toHaveLength(1)
    expect(answers.filter(({ reason }) => reason === 'USED_CHALLENGE')).toHaveLength(9)
    expect(
      await hub.parts.store.prisma.validatorSession.count({ where: { validator: { publicKey: keys.publicKey } } }),
    ).toBe(1)
  })

  it('ends a session after 24 h and not before', async () => {
    const { sessionToken = '' } = await trySignup(hub, createKeyPair())
    hub.clock.advance(24 * 3_600_000 - 1)
    expect((await hub.post(VIEWER, { token: sessionToken })).data).toMatchObject({
      viewer: { __typename: 'Validator' },
    })
    hub.clock.advance(1)
    expect((await hub.post(VIEWER, { token: sessionToken })).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ])
  })
})

const SMALL_ORDER = encodePublicKey(Buffer.from('01'.padEnd(64, '0'), 'hex'))
const NOT_REDUCED = encodePublicKey(Buffer.from(`ee${'ff'.repeat(30)}7f`, 'hex'))

describe('signup refuses', () => {
  it.each([
    ['a key of small order', SMALL_ORDER],
    ['a key with y ≥ p', NOT_REDUCED],
    ['a key of 31 bytes', encodePublicKey(new Uint8Array(31).fill(7))],
    ['a key that is no base58', '0'.repeat(44)],
    ['nothing', ''],
  ])('%s as BAD_KEY', async (_name, publicKey) => {
    const challenge = await askForChallenge(hub, createKeyPair().publicKey)
    expect(await outcome({ challenge, input: { publicKey } })).toEqual(refused('BAD_KEY'))
  })

  it.each([
    ['of small order', SMALL_ORDER],
    ['with y ≥ p', NOT_REDUCED],
  ])('a challenge for a key %s', async (_name, publicKey) => {
    const create =
      'mutation ($input: CreateSignupChallengeInput!) { createSignupChallenge(input: $input) { challenge } }'
    const { errors, data } = await hub.post(create, { variables: { input: { publicKey } } })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'publicKey' } }])
    expect(data).toBeNull()
  })

  const honest = createKeyPair()
  it.each<[string, SignupOverrides]>([
    ['signed by another key', { signer: createKeyPair() }],
    ['over another text', { statement: 'overlaps-signup-v1\n' }],
    ['over another address', { input: { ip: '192.0.2.9' } }],
    ['that is no base64', { input: { signature: '!'.repeat(88) } }],
    ['of 63 bytes', { input: { signature: Buffer.alloc(63, 1).toString('base64') } }],
    ['that is empty', { input: { signature: '' } }],
    ['with S + L', { input: { signature: encodeSignature(Buffer.alloc(64, 0xff)) } }],
  ])('a signature %s, and uses nothing up', async (_name, overrides) => {
    const challenge = await askForChallenge(hub, honest.publicKey)
    expect(await outcome({ challenge, ...overrides }, honest)).toEqual(refused('BAD_SIGNATURE'))
    expect((await trySignup(hub, honest, { challenge })).reason).toBeUndefined()
  })

  it('a malleable twin of the right signature', async () => {
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    const text = signupStatement({ hub: hub.url, validator: keys.publicKey, ip: null, challenge })
    const bytes = Buffer.from(signStatement(keys, text), 'base64')
    const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n
    const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32).toReversed()).toString('hex')}`) + order
    const twin = Buffer.concat([
      bytes.subarray(0, 32),
      Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').toReversed(),
    ])
    const raw = nacl.sign.keyPair.fromSecretKey(keys.secretKey).publicKey
    expect(nacl.sign.detached.verify(Buffer.from(text), twin, raw)).toBe(true)
    expect(await outcome({ challenge, input: { signature: twin.toString('base64') } }, keys)).toEqual(
      refused('BAD_SIGNATURE'),
    )
  })

  it.each(['http://127.0.0.1:1', 'https://hub.example', 'http://localhost', 'ws://127.0.0.1', '', 'x\ny'])(
    'the hub %j as WRONG_HUB',
    async (name) => {
      expect(await outcome({ statement: 'whatever', hub: name })).toEqual(refused('WRONG_HUB'))
    },
  )

  it.each<[string, (right: string) => string]>([
    ['garbage', () => 'garbage'],
    ['nothing', () => ''],
    ['a line feed', (right) => `${right}\nip 192.0.2.1`],
    ['another spelling', (right) => `${right}=`],
    ['a changed expiry', (right) => flip(right, 7)],
    ['a changed nonce', (right) => flip(right, 12)],
    ['a changed MAC', (right) => flip(right, 30)],
    ['a key that is not there', (right) => flip(right, 0)],
    ['one byte less', (right) => Buffer.from(right, 'base64url').subarray(1).toString('base64url')],
  ])('a challenge that is %s as UNKNOWN_CHALLENGE', async (_name, change) => {
    const keys = createKeyPair()
    const challenge = change(await askForChallenge(hub, keys.publicKey))
    expect(await outcome({ statement: 'whatever', challenge }, keys)).toEqual(refused('UNKNOWN_CHALLENGE'))
  })

  it("another key's challenge as UNKNOWN_CHALLENGE, and leaves it to its key", async () => {
    const [mine, other] = [createKeyPair(), createKeyPair()]
    const challenge = await askForChallenge(hub, other.publicKey)
    expect(await outcome({ challenge }, mine)).toEqual(refused('UNKNOWN_CHALLENGE'))
    expect((await trySignup(hub, other, { challenge })).reason).toBeUndefined()
  })

  it('a challenge after 60 s and not before', async () => {
    const keys = createKeyPair()
    const [early, late] = [await askForChallenge(hub, keys.publicKey), await askForChallenge(hub, keys.publicKey)]
    hub.clock.advance(59_999)
    expect((await trySignup(hub, keys, { challenge: early })).reason).toBeUndefined()
    hub.clock.advance(1)
    expect(await outcome({ challenge: late }, keys)).toEqual(refused('EXPIRED_CHALLENGE'))
    expect(await outcome({ challenge: early }, keys)).toEqual(refused('EXPIRED_CHALLENGE'))
  })

  it('a protocol that is older than the hub', async () => {
    expect(await outcome({ protocolVersion: 1 })).toEqual(refused('PROTOCOL_TOO_OLD'))
    expect(await outcome({ input: { protocolVersion: undefined } })).toEqual(refused('PROTOCOL_TOO_OLD'))
    expect(await outcome({ protocolVersion: -1 })).toEqual(refused('PROTOCOL_TOO_OLD'))
  })

  it('a banned key, whose session is over, until the ban is lifted', async () => {
    const keys = createKeyPair()
    const { validator, sessionToken = '' } = await trySignup(hub, keys)
    const ban = (banned: boolean) =>
      hub.post(
        `mutation ($id: ID!, $banned: Boolean!) { setValidatorBan(input: { id: $id, banned: $banned }) { ... on SetValidatorBanSuccess { validator { banned bannedAt } } } }`,
        {
          token: hub.operatorToken,
          variables: { id: validator?.id, banned },
        },
      )
    expect((await ban(true)).data).toEqual({
      setValidatorBan: { validator: { banned: true, bannedAt: new Date(hub.clock.now()).toISOString() } },
    })
    const challenge = await askForChallenge(hub, keys.publicKey)
    expect(await outcome({ challenge }, keys)).toEqual(refused('BANNED'))
    expect((await hub.post(VIEWER, { token: sessionToken })).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ])
    expect((await ban(false)).data).toEqual({ setValidatorBan: { validator: { banned: false, bannedAt: null } } })
    expect(await trySignup(hub, keys, { challenge })).toMatchObject({ validator: { id: validator?.id } })
    expect((await hub.post(VIEWER, { token: sessionToken })).errors).toHaveLength(1)
  })

  it.each<[string, SignupOverrides]>([
    ['ip', { statement: 'whatever', ip: '192.0.2.1\nchallenge x' }],
    ['ip', { statement: 'whatever', ip: 'fe80::1%eth0' }],
    ['ip', { statement: 'whatever', ip: '-' }],
    ['label', { input: { label: 'x'.repeat(101) } }],
    ['label', { input: { label: 'a\u0000b' } }],
    ['region', { input: { region: 'a\nb' } }],
    ['agentVersion', { input: { agentVersion: 'x'.repeat(10_000) } }],
  ])('an impossible `%s` as a fault of the call', async (argument, overrides) => {
    const before = await stored()
    await expect(trySignup(hub, createKeyPair(), overrides)).rejects.toThrow(
      new RegExp(`BAD_USER_INPUT.*"argument":"${argument}"`),
    )
    expect(await stored()).toEqual(before)
  })

  it('an over-long key or signature as a fault of the call', async () => {
    for (const input of [{ publicKey: '1'.repeat(201) }, { signature: 'A'.repeat(201) }]) {
      await expect(trySignup(hub, createKeyPair(), { input })).rejects.toThrow(/BAD_USER_INPUT/)
    }
  })
})

it('refuses to make a challenge for what is no key', async () => {
  const { errors } = await hub.post(`mutation { createSignupChallenge(input: { publicKey: "nobody" }) { challenge } }`)
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'publicKey' } }])
})

/** Flips one bit of the byte at `index`. */
function flip(challenge: string, index: number): string {
  const bytes = Buffer.from(challenge, 'base64url')
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index)
  return bytes.toString('base64url')
}
