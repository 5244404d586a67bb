import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

import { isReducedScalar, isSoundPoint } from './curve-gate.js'
import { decodePublicKey, decodeSignature, SIGNATURE_BYTES } from './text-forms.js'

/** RFC 8410 §4: what stands before the 32 raw bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const R_BYTES = 32

/** `null` when strict verification (PROTOCOL §1) refuses it. Never throws. Importing costs as much as verifying: keep the key. */
export function importPublicKey(text: string): KeyObject | null {
  const bytes = decodePublicKey(text)
  if (bytes === null || !isSoundPoint(bytes)) return null
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

/** Strict and cofactorless, of text or bytes, on the thread pool. `key` is of `importPublicKey`. Never throws or rejects. */
export async function verifySignature(
  key: KeyObject,
  message: string | Uint8Array,
  signature: string | Uint8Array,
): Promise<boolean> {
  const bytes = typeof signature === 'string' ? decodeSignature(signature) : signature
  if (bytes?.length !== SIGNATURE_BYTES) return false
  if (!isSoundPoint(bytes.subarray(0, R_BYTES)) || !isReducedScalar(bytes.subarray(R_BYTES))) return false
  const data = typeof message === 'string' ? Buffer.from(message, 'utf8') : message
  return new Promise((resolve) => {
    try {
      verify(null, data, key, bytes, (error, isValid) => resolve(!error && isValid))
    } catch {
      resolve(false)
    }
  })
}
