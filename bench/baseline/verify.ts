import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import nacl from 'tweetnacl'
import { decodePublicKey } from '../../src/protocol/text-forms.js'
import type { Verifier } from './messages.js'

/** On the event loop, one after another, like the seed. */
export type Verify = (publicKey: string, text: string, signature: string) => boolean

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export function createVerify(verifier: Verifier): Verify {
  return verifier === 'TWEETNACL' ? verifyByTweetnacl : createNodeVerify()
}

function verifyByTweetnacl(publicKey: string, text: string, signature: string): boolean {
  const key = decodePublicKey(publicKey)
  return (
    key !== null && nacl.sign.detached.verify(Buffer.from(text), Buffer.from(signature, 'base64'), new Uint8Array(key))
  )
}

/** Keeps key objects: kinder to the baseline than importing them each time. */
function createNodeVerify(): Verify {
  const keys = new Map<string, KeyObject>()
  const importKey = (publicKey: string) => {
    const raw = decodePublicKey(publicKey) ?? new Uint8Array(0)
    return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
  }
  return (publicKey, text, signature) => {
    const key = keys.get(publicKey) ?? importKey(publicKey)
    keys.set(publicKey, key)
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  }
}
