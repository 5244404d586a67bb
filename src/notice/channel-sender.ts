import type { AttemptOutcome } from '../generated/prisma/client.js'
import { systemResolver } from '../dial/resolve-host.js'
import { createOutgoing, type OutgoingOptions, resolveFewAtOnce } from '../outgoing/outgoing.js'
import { printable } from '../outgoing/printable.js'
import type { ChannelRequest } from './channel/adapter.js'
import type { OpenChannel } from './channel/open-channel.js'
import { sendError } from './send-fault.js'

/** From resolving the name to the last byte of the answer. */
const SEND_TIMEOUT_MS = 10_000
const BODY_READ_MAX_BYTES = 64 * 1024
const ANSWER_KEPT_CHARACTERS = 500
const ANSWER_KEPT_BYTES = ANSWER_KEPT_CHARACTERS * 4

export interface SendResult {
  outcome: AttemptOutcome
  durationMs: number
  httpStatus: number | null
  /** The beginning of the answer's body. */
  answer: string | null
  /** Why it was not delivered, in one sentence. */
  error: string | null
}

export interface ChannelSender {
  /** Never rejects, and settles within the timeout. */
  send(request: ChannelRequest, judge: OpenChannel['judge']): Promise<SendResult>
  /** Lets what is under way finish for a short while, then ends it. Later calls come to STOPPED. */
  close(): Promise<void>
}

export interface SenderOptions extends OutgoingOptions {
  timeoutMs?: number
}

/** Sends requests to public addresses only, unless the options say otherwise. */
export function createChannelSender(options: SenderOptions): ChannelSender {
  const { timeoutMs = SEND_TIMEOUT_MS } = options
  const resolveHost = resolveFewAtOnce(options.resolveHost ?? systemResolver)
  const outgoing = createOutgoing({ ...options, resolveHost })
  return {
    async send(request, judge) {
      const { httpStatus, durationMs, chunks, fault } = await outgoing.send({
        ...request,
        timeoutMs,
        readMaxBytes: BODY_READ_MAX_BYTES,
        keptMaxBytes: ANSWER_KEPT_BYTES,
        // A message that was taken must not be sent again.
        statusDecides: true,
      })
      if (fault) {
        const outcome = fault.kind === 'STOPPED' ? 'STOPPED' : 'UNREACHABLE'
        return { outcome, durationMs, httpStatus, answer: null, error: sendError(fault) }
      }
      const answer = printable(Buffer.concat(chunks), ANSWER_KEPT_CHARACTERS)
      return { ...judge(httpStatus), durationMs, httpStatus, answer }
    },
    close: () => outgoing.close(),
  }
}
