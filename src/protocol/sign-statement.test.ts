import { expect, it } from 'vitest'

import { createKeyPair, keyPairFromSecretKey, signStatement } from './sign-statement.js'
import { verifyStatement } from '../testing/protocol/verify-statement.js'

it('makes pairs that can be read back and whose signatures verify', async () => {
  const pair = createKeyPair()
  expect(keyPairFromSecretKey(pair.secretKey)).toEqual(pair)
  expect(createKeyPair().publicKey).not.toBe(pair.publicKey)
  expect(await verifyStatement(pair.publicKey, 'a\n', signStatement(pair, 'a\n'))).toBeNull()
})

it.each([0, 32, 63, 65])('reads no pair from %i bytes', (length) => {
  expect(keyPairFromSecretKey(new Uint8Array(length))).toBeNull()
})

it('reads no pair whose public half is of another seed', () => {
  const bytes = Uint8Array.from(createKeyPair().secretKey)
  bytes.set(createKeyPair().secretKey.subarray(32), 32)
  expect(keyPairFromSecretKey(bytes)).toBeNull()
})

it('keeps a secret of its own, whatever becomes of the bytes it was read from', () => {
  const bytes = Buffer.from(createKeyPair().secretKey)
  const pair = keyPairFromSecretKey(bytes)
  bytes.fill(0)
  expect(pair?.secretKey.some((byte) => byte !== 0)).toBe(true)
})
