import nacl from 'tweetnacl'

import { encodePublicKey, encodeSignature } from './text-forms.js'

export interface KeyPair {
  publicKey: string
  /** The seed, then the public key, as a key file has them. */
  secretKey: Uint8Array
}

/** `null` when there are not 64 bytes or the public half is not that of the seed. */
export function keyPairFromSecretKey(bytes: Uint8Array): KeyPair | null {
  if (bytes.length !== nacl.sign.secretKeyLength) return null
  const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(Uint8Array.from(bytes.subarray(0, nacl.sign.seedLength)))
  // Two signatures under two public halves give the secret away.
  if (!nacl.verify(secretKey, Uint8Array.from(bytes))) return null
  return { publicKey: encodePublicKey(publicKey), secretKey }
}

export function createKeyPair(): KeyPair {
  const { publicKey, secretKey } = nacl.sign.keyPair()
  return { publicKey: encodePublicKey(publicKey), secretKey }
}

export function signStatement({ secretKey }: KeyPair, statement: string): string {
  return encodeSignature(nacl.sign.detached(Buffer.from(statement, 'utf8'), secretKey))
}
