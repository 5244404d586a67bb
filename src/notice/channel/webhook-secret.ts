import { randomBytes } from 'node:crypto'

/** As long as a SHA-256: Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32
/** Tells a webhook's secret from others, to people, to libraries and to scanners for leaked secrets. */
const PREFIX = 'whsec_'

export function createWebhookSecret(): Buffer<ArrayBuffer> {
  return Buffer.from(randomBytes(SECRET_BYTES))
}

/** A secret as its owner is shown it, once: `whsec_` and base64, which is what the libraries take. */
export function showWebhookSecret(secret: Uint8Array): string {
  return PREFIX + Buffer.from(secret).toString('base64')
}
