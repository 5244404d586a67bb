import type { AttemptOutcome } from '../generated/prisma/client.js'
import { systemResolver } from '../outgoing/open-socket.js'
import { createOutgoing, type OutgoingOptions, resolveFewAtOnce } from '../outgoing/outgoing.js'
import { printable } from '../outgoing/printable.js'
import type { ChannelRequest } from './channel/channel-type.js'
import type { OpenChannel } from './channel/open-channel.js'
import { sendError } from './send-fault.js'

/** From the name's look-up to the last byte of the answer. */
const SEND_TIMEOUT_MS = 10_000
/** Bytes of an answer's body that are read, to let an ordinary receiver finish. */
const BODY_READ_MAX_BYTES = 64 * 1024
/** Characters of an answer that are kept, and the bytes that surely hold them. */
const ANSWER_KEPT_CHARACTERS = 500
const ANSWER_KEPT_BYTES = ANSWER_KEPT_CHARACTERS * 4

/** What a try came to, for the delivery log. */
export interface SendResult {
  outcome: AttemptOutcome
  durationMs: number
  httpStatus: number | null
  /** The beginning of the answer's body; null when there was no answer. */
  answer: string | null
  /** Why it is not delivered, in a sentence; null when it is. */
  error: string | null
}

/** Sends messages to channels. It keeps nothing but what is under way. */
export interface ChannelSender {
  /** Never rejects, and settles within the time-out whatever the receiver does. */
  send(request: ChannelRequest, judge: OpenChannel['judge']): Promise<SendResult>
  /** Ends what is under way, after a short while in which it may end by itself; later calls come to STOPPED. */
  close(): Promise<void>
}

export interface SenderOptions extends OutgoingOptions {
  timeoutMs?: number
}

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
