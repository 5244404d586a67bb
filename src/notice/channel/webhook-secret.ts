import { randomBytes } from 'node:crypto'

/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32
/** Recognised by libraries, and by scanners for leaked secrets. */
const PREFIX = 'whsec_'

export function createWebhookSecret(): Buffer<ArrayBuffer> {
  return Buffer.from(randomBytes(SECRET_BYTES))
}

/** In the form that libraries take: `whsec_` and base64. */
export function showWebhookSecret(secret: Uint8Array): string {
  return PREFIX + Buffer.from(secret).toString('base64')
}
