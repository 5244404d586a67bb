import type { Settings } from '../settings.js'
import { decodePublicKey, decodeSignature } from '../protocol/text-forms.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'

export interface SignedInput {
  publicKey: string
  hub: string
  signature: string
}

/** The form of a submission's envelope, its signature decoded. */
export function readSigner(
  { origins }: Pick<Settings, 'origins'>,
  { publicKey, hub, signature }: SignedInput,
): { kind: 'signer'; signature: Buffer } | TickRefusal {
  if (decodePublicKey(publicKey) === null) {
    return refuseTick('INVALID', 'publicKey must be the base58 text of 32 bytes, in its one spelling.')
  }
  const bytes = decodeSignature(signature)
  if (bytes === null)
    return refuseTick('INVALID', 'signature must be the padded base64 text of 64 bytes, in its one spelling.')
  if (!origins.includes(hub)) {
    return refuseTick('INVALID', `hub must be an origin of this hub (${origins.join(', ')}), as at signup.`)
  }
  return { kind: 'signer', signature: bytes }
}
