import { createHash, createPublicKey, verify } from 'node:crypto'

import * as fc from 'fast-check'
import nacl from 'tweetnacl'
import { describe, expect, it } from 'vitest'

import { createKeyPair, keyPairFromSecretKey, signStatement } from './sign-statement.js'
import { verifyStatement } from '../testing/protocol/verify-statement.js'
import { importPublicKey, verifySignature } from './signature-gate.js'
import { decodePublicKey, decodeSignature, encodePublicKey, encodeSignature } from './text-forms.js'

const FIELD_PRIME = 2n ** 255n - 19n
/** Written out once more, lest the gate be measured by itself. */
const GROUP_ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n
const ORDER_8_Y = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'

function encodeY(y: bigint, sign: 0 | 1): Buffer {
  return swap(Buffer.from((y | (BigInt(sign) << 255n)).toString(16).padStart(64, '0'), 'hex'))
}

/** From one end's bytes first to the other's. */
function swap(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.toReversed())
}

function decodeScalar(bytes: Uint8Array): bigint {
  return BigInt(`0x${swap(bytes).toString('hex')}`)
}

const order8Y = decodeScalar(Buffer.from(ORDER_8_Y, 'hex'))
const smallOrderEncodings = [
  0n,
  FIELD_PRIME,
  1n,
  FIELD_PRIME + 1n,
  FIELD_PRIME - 1n,
  order8Y,
  FIELD_PRIME - order8Y,
].flatMap((y) => [encodeY(y, 0), encodeY(y, 1)])

/** node:crypto without our gate. */
function bareVerify(key: Uint8Array, message: string, signature: Uint8Array): boolean {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
  return verify(null, Buffer.from(message), createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
}

describe('small order', () => {
  const identityAndZero = Buffer.concat([encodeY(1n, 0), Buffer.alloc(32)])

  it('has fourteen encodings', () => {
    expect(new Set(smallOrderEncodings.map((encoding) => encoding.toString('hex'))).size).toBe(14)
  })

  it.each(smallOrderEncodings.map((encoding) => [encoding.toString('hex'), encoding] as const))(
    'key %s verifies what nobody signed until the gate refuses it',
    (_, encoding) => {
      const messages = Array.from({ length: 200 }, (_, index) => `message ${index}`)
      expect(messages.some((message) => bareVerify(encoding, message, identityAndZero))).toBe(true)
      expect(importPublicKey(encodePublicKey(encoding))).toBeNull()
    },
  )

  it('R that its signer left out verifies until the gate refuses it', async () => {
    const seed = Buffer.alloc(32, 9)
    const { publicKey } = nacl.sign.keyPair.fromSeed(seed)
    const R = encodeY(1n, 0)
    const secret = createHash('sha512').update(seed).digest().subarray(0, 32)
    secret[0] = (secret[0] ?? 0) & 0xf8
    secret[31] = ((secret[31] ?? 0) & 0x7f) | 0x40
    const challenge = createHash('sha512').update(R).update(publicKey).update('message').digest()
    // With the identity for R the equation is S = k s, and no chance has entered the signature.
    const signature = Buffer.concat([R, encodeY((decodeScalar(challenge) * decodeScalar(secret)) % GROUP_ORDER, 0)])
    expect(bareVerify(publicKey, 'message', signature)).toBe(true)
    expect(await verifyStatement(encodePublicKey(publicKey), 'message', encodeSignature(signature))).toBe(
      'BAD_SIGNATURE',
    )
  })
})

it.each([2n, 3n, 18n])('refuses the second spelling of y = %d as a key', (y) => {
  expect(importPublicKey(encodePublicKey(encodeY(FIELD_PRIME + y, 0)))).toBeNull()
  expect(importPublicKey(encodePublicKey(encodeY(FIELD_PRIME + y, 1)))).toBeNull()
})

it('answers BAD_SIGNATURE for a key that lies on no curve', async () => {
  const pair = createKeyPair()
  const signature = signStatement(pair, 'a\n')
  // Half of all y have no x; 2 is one of them.
  expect(await verifyStatement(encodePublicKey(encodeY(2n, 0)), 'a\n', signature)).toBe('BAD_SIGNATURE')
})

it('takes bytes as they are', async () => {
  const pair = createKeyPair()
  const key = importPublicKey(pair.publicKey)
  if (key === null) throw new Error('no key')
  const bytes = Uint8Array.of(0, 255, 128)
  expect(await verifySignature(key, bytes, encodeSignature(nacl.sign.detached(bytes, pair.secretKey)))).toBe(true)
})

/** RFC 8032 §7.1, tests 1 to 3: secret key, public key, message, signature. */
const RFC_8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

it.each(RFC_8032)('signs and verifies RFC 8032 with the seed %s', async (seed, publicKey, message, signature) => {
  const bytes = Buffer.from(seed + publicKey, 'hex')
  const pair = keyPairFromSecretKey(bytes)
  expect(pair?.publicKey).toBe(encodePublicKey(Buffer.from(publicKey, 'hex')))
  const key = importPublicKey(pair?.publicKey ?? '')
  if (pair === null || key === null) throw new Error('no key')
  const text = Buffer.from(signature, 'hex').toString('base64')
  const messageBytes = Buffer.from(message, 'hex')
  expect(encodeSignature(nacl.sign.detached(messageBytes, pair.secretKey))).toBe(text)
  expect(await verifySignature(key, messageBytes, text)).toBe(true)
  expect(await verifySignature(key, messageBytes, Buffer.from(text, 'base64'))).toBe(true)
  expect(await verifySignature(key, messageBytes, Buffer.from(text, 'base64').subarray(1))).toBe(false)
})

// tweetnacl verifies some 50 times a second, hence the few runs.
const FEW = { numRuns: 40 }
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('beside tweetnacl', () => {
  it('agrees on every honest signature', async () => {
    await fc.assert(
      fc.asyncProperty(seed, fc.string({ unit: 'binary' }), async (bytes, statement) => {
        const pair = keyPairFromSecretKey(nacl.sign.keyPair.fromSeed(bytes).secretKey)
        if (pair === null) throw new Error('no key')
        const signature = signStatement(pair, statement)
        const signatureBytes = decodeSignature(signature) ?? Buffer.alloc(64)
        const keyBytes = decodePublicKey(pair.publicKey) ?? Buffer.alloc(32)
        expect(nacl.sign.detached.verify(Buffer.from(statement), signatureBytes, keyBytes)).toBe(true)
        expect(await verifyStatement(pair.publicKey, statement, signature)).toBeNull()
      }),
      FEW,
    )
  })

  it('refuses every signature, statement or key with a bit turned', async () => {
    const parts = fc.constantFrom('signature', 'statement', 'key')
    await fc.assert(
      fc.asyncProperty(seed, parts, fc.nat(), async (bytes, part, bit) => {
        const pair = keyPairFromSecretKey(nacl.sign.keyPair.fromSeed(bytes).secretKey)
        if (pair === null) throw new Error('no key')
        const statement = 'overlaps-test-v1\nname value\n'
        const forged = {
          signature: decodeSignature(signStatement(pair, statement)) ?? Buffer.alloc(64),
          statement: Buffer.from(statement),
          key: decodePublicKey(pair.publicKey) ?? Buffer.alloc(32),
        }
        const target = forged[part]
        const at = Math.floor(bit / 8) % target.length
        target[at] = (target[at] ?? 0) ^ (1 << (bit % 8))
        const key = importPublicKey(encodePublicKey(forged.key))
        const accepts = async (signature: string | Buffer) =>
          key !== null && (await verifySignature(key, forged.statement, signature))
        expect(await accepts(encodeSignature(forged.signature))).toBe(false)
        expect(await accepts(forged.signature)).toBe(false)
      }),
      FEW,
    )
  })
})

it('never throws or rejects, whatever it is given', async () => {
  const { publicKey } = createKeyPair()
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String({ minLength: 88, maxLength: 88 }))
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, fc.constant(publicKey)), text, text, async (key, statement, signature) => {
      expect(await verifyStatement(key, statement, signature)).toMatch(/^BAD_/)
    }),
  )
})
