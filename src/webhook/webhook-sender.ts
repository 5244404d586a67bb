import { systemResolver } from '../dial/resolve-host.js'
import { createOutgoing, type OutgoingOptions, resolveFewAtOnce } from '../outgoing/outgoing.js'
import { printable } from '../outgoing/printable.js'
import { judgeStatus, statusError, type Verdict } from './judge-answer.js'
import { sendError } from './send-fault.js'
import { signMessage } from './sign-message.js'

/** From the name's look-up to the last byte of the answer. */
const SEND_TIMEOUT_MS = 10_000
/** Bytes of an answer's body that are read, to let an ordinary receiver finish. */
const BODY_READ_MAX_BYTES = 64 * 1024
/** Characters of an answer that are kept, and the bytes that surely hold them. */
const ANSWER_KEPT_CHARACTERS = 500
const ANSWER_KEPT_BYTES = ANSWER_KEPT_CHARACTERS * 4

export interface OutgoingMessage {
  url: string
  secret: Uint8Array
  /** The delivery's. */
  id: string
  body: string
  /** When this try is made, in Unix milliseconds. */
  at: number
}

/** What a try came to, for the delivery log. */
export interface SendOutcome {
  verdict: Verdict
  durationMs: number
  httpStatus: number | null
  /** The beginning of the answer's body; null when there was no answer. */
  answer: string | null
  /** Why it is not delivered, in a sentence; null when it is. */
  error: string | null
}

/** Sends webhooks' messages. It keeps nothing but what is under way. */
export interface WebhookSender {
  /** Signs a message and posts it. Never rejects, and settles within the time-out whatever the receiver does. */
  send(message: OutgoingMessage): Promise<SendOutcome>
  /** Ends what is under way, after a short while in which it may end by itself; later calls come to STOPPED. */
  close(): Promise<void>
}

export interface SenderOptions extends OutgoingOptions {
  timeoutMs?: number
}

export function createWebhookSender(options: SenderOptions): WebhookSender {
  const { timeoutMs = SEND_TIMEOUT_MS } = options
  const resolveHost = resolveFewAtOnce(options.resolveHost ?? systemResolver)
  const outgoing = createOutgoing({ ...options, resolveHost })
  return {
    async send({ url, secret, id, at, body }) {
      const { httpStatus, durationMs, chunks, fault } = await outgoing.send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...signMessage(secret, { id, at, body }) },
        body,
        timeoutMs,
        readMaxBytes: BODY_READ_MAX_BYTES,
        keptMaxBytes: ANSWER_KEPT_BYTES,
      })
      if (fault) {
        const verdict = fault.kind === 'STOPPED' ? 'STOPPED' : 'UNREACHABLE'
        return { verdict, durationMs, httpStatus, answer: null, error: sendError(fault) }
      }
      const answer = printable(Buffer.concat(chunks), ANSWER_KEPT_CHARACTERS)
      return { verdict: judgeStatus(httpStatus), durationMs, httpStatus, answer, error: statusError(httpStatus) }
    },
    close: () => outgoing.close(),
  }
}
