import type { Parts } from '../parts.js'
import { denialText, findDenials } from '../target/denied-hosts.js'
import type { OutgoingMessage, SendOutcome, WebhookSender } from './webhook-sender.js'

/** Sends a message unless the operator has denied its receiver's host since the webhook was made; then nothing is sent. */
export async function sendUnlessDenied(
  { store, webhookSender }: Pick<Parts, 'store'> & { webhookSender: WebhookSender },
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const [denial] = await findDenials(store.sql, [message.url])
  if (!denial) return webhookSender.send(message)
  return { verdict: 'UNREACHABLE', durationMs: 0, httpStatus: null, answer: null, error: denialText(denial) }
}
