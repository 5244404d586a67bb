import { createHmac } from 'node:crypto'

export interface SignedMessage {
  /** The same for every try to deliver one message, so that its receiver can tell a repeat. */
  id: string
  /** When this try is made, in Unix milliseconds; signed to the second, so that an old message cannot be replayed. */
  at: number
  /** Just as it is sent. */
  body: string
}

/** The three headers of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`. */
export function signMessage(secret: Uint8Array, { id, at, body }: SignedMessage): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
