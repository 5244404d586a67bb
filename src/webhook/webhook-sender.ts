import type { SecureContext } from 'node:tls'
import { GOODBYE_MS } from '../limits.js'
import { createWorkQueue } from '../owner/work-queue.js'
import { exchange, type Heard, keptAnswer } from './exchange.js'
import { judgeStatus, statusError, type Verdict } from './judge-answer.js'
import { openSocket, type ResolveHost, systemResolver } from './open-socket.js'
import { exchangeFault, SendFault } from './send-fault.js'
import { signMessage } from './sign-message.js'

/** From the name's look-up to the last byte of the answer. */
const SEND_TIMEOUT_MS = 10_000
/**
 * Look-ups work on the thread pool that signatures are verified on, four threads by default, and one that nobody answers
 * holds its thread for the resolver's time-out: they get half of the threads.
 */
const LOOKUPS_MAX = 2

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

export interface SenderOptions {
  /** Whether webhooks may lead into private networks. */
  allowPrivateTargets: boolean
  timeoutMs?: number
  resolveHost?: ResolveHost
  trust?: SecureContext
}

export function createWebhookSender(options: SenderOptions): WebhookSender {
  const underWay = new Set<Promise<unknown>>()
  const stop = new AbortController()
  const resolveHost = resolveFewAtOnce(options.resolveHost ?? systemResolver)
  return {
    send(message) {
      const sending = send(message, { ...options, resolveHost }, stop.signal)
      underWay.add(sending)
      return sending.finally(() => underWay.delete(sending))
    },
    async close() {
      const timer = setTimeout(() => stop.abort(), underWay.size === 0 ? 0 : GOODBYE_MS)
      await Promise.all(underWay)
      clearTimeout(timer)
      stop.abort()
    },
  }
}

/** What has waited for its turn until its try was over is not looked up any more. */
function resolveFewAtOnce(resolve: ResolveHost): ResolveHost {
  const lookups = createWorkQueue({ runningMax: LOOKUPS_MAX, waitingMax: Infinity })
  return async (host, signal) => (await lookups.run(async () => (signal.aborted ? [] : resolve(host, signal)))) ?? []
}

type Terms = SenderOptions & { resolveHost: ResolveHost }

async function send(message: OutgoingMessage, terms: Terms, stop: AbortSignal): Promise<SendOutcome> {
  const { timeoutMs = SEND_TIMEOUT_MS } = terms
  const startedAt = performance.now()
  const heard: Heard = { httpStatus: null, chunks: [] }
  const life = new AbortController()
  const cut = cutOff(timeoutMs, stop)
  let fault: SendFault | null = null
  try {
    await Promise.race([post(message, terms, life.signal, heard), cut.off])
  } catch (error) {
    fault = exchangeFault(error)
  } finally {
    cut.clear()
    // Nothing outlives a try, wherever it stood.
    life.abort()
  }
  const durationMs = Math.round(performance.now() - startedAt)
  const { httpStatus } = heard
  // Whoever has said its status has answered, however the rest of it went.
  if (httpStatus !== null) {
    const error = statusError(httpStatus)
    return { verdict: judgeStatus(httpStatus), durationMs, httpStatus, answer: keptAnswer(heard), error }
  }
  const verdict = fault?.kind === 'STOPPED' ? 'STOPPED' : 'UNREACHABLE'
  return { verdict, durationMs, httpStatus: null, answer: null, error: fault?.message ?? null }
}

async function post({ url, secret, id, at, body }: OutgoingMessage, terms: Terms, signal: AbortSignal, heard: Heard) {
  const target = new URL(url)
  const socket = await openSocket(target, { ...terms, signal })
  if (signal.aborted) return
  const headers = {
    'user-agent': 'overlaps-hub',
    accept: '*/*',
    'accept-encoding': 'identity',
    connection: 'close',
    'content-type': 'application/json',
    ...signMessage(secret, { id, at, body }),
  }
  await exchange(socket, target, headers, body, heard)
}

/** Rejects when the time is up or the hub stops. */
function cutOff(timeoutMs: number, stop: AbortSignal): { off: Promise<never>; clear(): void } {
  let clear: () => void = () => undefined
  const off = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(
      () => reject(new SendFault('TIMEOUT', `The receiver had not answered after ${timeoutMs / 1_000} s.`)),
      timeoutMs,
    )
    const end = () => reject(new SendFault('STOPPED', 'The hub was stopped before the receiver had answered.'))
    stop.addEventListener('abort', end)
    if (stop.aborted) end()
    clear = () => {
      clearTimeout(timer)
      // It lives as long as the hub and would keep every try.
      stop.removeEventListener('abort', end)
    }
  })
  return { off, clear }
}
