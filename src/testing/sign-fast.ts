import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { encodeSignature } from '../protocol/text-forms.js'
import type { KeyPair } from '../protocol/sign-statement.js'

/** What goes before a seed of 32 bytes in PKCS #8 (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const keys = new WeakMap<Uint8Array, KeyObject>()

/** As `protocol/sign-statement.ts`, and a hundred times as fast: Ed25519 leaves no choice of the bytes. */
export function signStatement({ secretKey }: KeyPair, statement: string): string {
  let key = keys.get(secretKey)
  if (!key) {
    const der = Buffer.concat([PKCS8_PREFIX, secretKey.subarray(0, 32)])
    key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    keys.set(secretKey, key)
  }
  return encodeSignature(sign(null, Buffer.from(statement, 'utf8'), key))
}
