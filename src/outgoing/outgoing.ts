import type { SecureContext } from 'node:tls'
import { GOODBYE_MS } from '../limits.js'
import { createWorkQueue } from '../work-queue.js'
import { exchange, type Heard, type OutgoingRequest } from './exchange.js'
import { openSocket, type ResolveHost, systemResolver } from './open-socket.js'
import { exchangeFault, OutgoingFault } from './outgoing-fault.js'

/**
 * Look-ups work on the thread pool that signatures are verified on, four threads by default, and one that nobody answers
 * holds its thread for the resolver's time-out: they get half of the threads.
 */
const LOOKUPS_MAX = 2

export interface OutgoingOptions {
  /** Whether requests may lead into private networks. */
  allowPrivateTargets: boolean
  resolveHost?: ResolveHost
  /** Authorities that are trusted, where not Node's own. */
  trust?: SecureContext
}

/** What a request came to: what was heard of an answer, or why there was none. */
export type OutgoingOutcome = Heard & { durationMs: number } & (
    | { httpStatus: number; fault: null }
    | { httpStatus: null; fault: OutgoingFault }
  )

/** Asks other machines over HTTP, where an owner says. It keeps nothing but what is under way. */
export interface Outgoing {
  /** Follows no redirect. Never rejects, and settles within its time-out whatever the other side does. */
  send(request: OutgoingRequest): Promise<OutgoingOutcome>
  /** Ends what is under way, after a short while in which it may end by itself; later requests come to STOPPED. */
  close(): Promise<void>
}

export function createOutgoing(options: OutgoingOptions): Outgoing {
  const underWay = new Set<Promise<unknown>>()
  const stop = new AbortController()
  const terms = { ...options, resolveHost: options.resolveHost ?? resolveFewAtOnce(systemResolver) }
  return {
    send(request) {
      const sending = send(request, terms, stop.signal)
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
export function resolveFewAtOnce(resolve: ResolveHost): ResolveHost {
  const lookups = createWorkQueue({ runningMax: LOOKUPS_MAX, waitingMax: Infinity })
  return async (host, signal) => (await lookups.run(async () => (signal.aborted ? [] : resolve(host, signal)))) ?? []
}

type Terms = OutgoingOptions & { resolveHost: ResolveHost }

async function send(request: OutgoingRequest, terms: Terms, stop: AbortSignal): Promise<OutgoingOutcome> {
  const startedAt = performance.now()
  const heard: Heard = { httpStatus: null, headers: {}, chunks: [] }
  const life = new AbortController()
  const cut = cutOff(request.timeoutMs, stop)
  let fault = new OutgoingFault('CONNECT', 'NO_ANSWER')
  try {
    await Promise.race([ask(request, terms, life.signal, heard), cut.off])
  } catch (error) {
    fault = exchangeFault(error)
  } finally {
    cut.clear()
    // Nothing outlives a request, wherever it stood.
    life.abort()
  }
  const durationMs = Math.round(performance.now() - startedAt)
  const { httpStatus, headers, chunks } = heard
  // Whoever has said its status has answered, however the rest of it went.
  return httpStatus === null
    ? { httpStatus, headers, chunks, durationMs, fault }
    : { httpStatus, headers, chunks, durationMs, fault: null }
}

async function ask(request: OutgoingRequest, terms: Terms, signal: AbortSignal, heard: Heard): Promise<void> {
  const socket = await openSocket(new URL(request.url), { ...terms, signal })
  if (!signal.aborted) await exchange(socket, request, heard)
}

/** Rejects when the time is up or the hub stops. */
function cutOff(timeoutMs: number, stop: AbortSignal): { off: Promise<never>; clear(): void } {
  let clear: () => void = () => undefined
  const off = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new OutgoingFault('TIMEOUT', `${timeoutMs / 1_000} s`)), timeoutMs)
    const end = () => reject(new OutgoingFault('STOPPED', 'the hub was stopped'))
    stop.addEventListener('abort', end)
    if (stop.aborted) end()
    clear = () => {
      clearTimeout(timer)
      // It lives as long as the hub and would keep every request.
      stop.removeEventListener('abort', end)
    }
  })
  return { off, clear }
}
