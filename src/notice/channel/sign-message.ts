import { createHmac } from 'node:crypto'

export interface SignedMessage {
  id: string
  /** In Unix milliseconds; signed to the second, so that old messages cannot be replayed. */
  at: number
  body: string
}

/** The headers of Standard Webhooks, with an HMAC-SHA256 of `id.timestamp.body` by each secret. */
export function signMessage(secrets: readonly Uint8Array[], { id, at, body }: SignedMessage): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const sign = (secret: Uint8Array) =>
    `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(sign).join(' ') }
}
