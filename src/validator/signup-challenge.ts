import { randomBytes } from 'node:crypto'
import type { Parts } from '../parts.js'
import { CHALLENGE_LIFETIME_MS } from '../protocol/limits.js'
import { MAC_BYTES, sameMac } from '../store/hub-keys.js'

const CONTEXT = 'overlaps-signup-challenge-v1'
const NONCE_BYTES = 16
/** Key ID 2, expiry 6, nonce. */
const HEAD_BYTES = 8 + NONCE_BYTES

/**
 * Makes a challenge for one key. Nothing is stored for it, so that asking for challenges costs the hub nothing:
 * it carries its expiry and a MAC over itself and the key it was made for.
 */
export function createChallenge(
  { keys, clock }: Pick<Parts, 'keys' | 'clock'>,
  publicKey: string,
): { challenge: string; expiresAt: Date } {
  const expiresAt = clock.now() + CHALLENGE_LIFETIME_MS
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt16BE(keys.newest.id, 0)
  head.writeUIntBE(expiresAt, 2, 6)
  randomBytes(NONCE_BYTES).copy(head, 8)
  const mac = keys.newest.mac(CONTEXT, Buffer.concat([head, Buffer.from(publicKey)]))
  return { challenge: Buffer.concat([head, mac]).toString('base64url'), expiresAt: new Date(expiresAt) }
}

/** When a challenge of this hub's for that key expires, or null for any other text. */
export async function readChallenge(
  keys: Parts['keys'],
  challenge: string,
  publicKey: string,
): Promise<{ expiresAt: number } | null> {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== HEAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge) return null
  const head = bytes.subarray(0, HEAD_BYTES)
  const key = await keys.find(head.readUInt16BE(0))
  const mac = key?.mac(CONTEXT, Buffer.concat([head, Buffer.from(publicKey)]))
  return mac && sameMac(mac, bytes.subarray(HEAD_BYTES)) ? { expiresAt: head.readUIntBE(2, 6) } : null
}
