import type { IncomingHttpHeaders } from 'node:http'
import type { SecureContext } from 'node:tls'
import { detailOf } from '../dial/dial-fault.js'
import { exchange } from '../dial/exchange.js'
import { startFigures } from '../dial/figures.js'
import { type Cutoff, type Life, startLife } from '../dial/life.js'
import { openSocket } from '../dial/open-socket.js'
import { type HostResolver, systemResolver } from '../dial/resolve-host.js'
import { GOODBYE_MS } from '../limits.js'
import { forbidsAddress, hostOf } from '../protocol/target-gate.js'
import { createWorkQueue } from '../work-queue.js'
import { type OutgoingFault, outgoingFault } from './outgoing-fault.js'
import { headerLines, type OutgoingRequest } from './outgoing-request.js'

/** Of the pool's four threads, which signatures are verified on: a look-up that nobody answers holds its own for long. */
const LOOKUPS_MAX = 2

export interface OutgoingOptions {
  allowPrivateTargets: boolean
  resolveHost?: HostResolver
  trust?: SecureContext
}

/** It fills while it is read, so that what came before a time-out is known. */
interface Heard {
  httpStatus: number | null
  headers: IncomingHttpHeaders
  chunks: Buffer[]
}

export type OutgoingOutcome = Heard & { durationMs: number } & (
    | { httpStatus: number; fault: null }
    | { httpStatus: null; fault: OutgoingFault }
  )

/** Asks other machines over HTTP, where an owner says. */
export interface Outgoing {
  /** Follows no redirect. Never rejects, and settles within its time-out. */
  send(request: OutgoingRequest): Promise<OutgoingOutcome>
  /** Gives what is under way a short while to end; later requests come to STOPPED. */
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

/** What waited longer than its request lasted is not looked up any more. */
export function resolveFewAtOnce(resolve: HostResolver): HostResolver {
  const lookups = createWorkQueue({ runningMax: LOOKUPS_MAX, waitingMax: Infinity })
  return async (host, family, life) =>
    (await lookups.run(async () => (life.isOver() ? [] : resolve(host, family, life)))) ?? []
}

type Terms = OutgoingOptions & { resolveHost: HostResolver }

async function send(request: OutgoingRequest, terms: Terms, stop: AbortSignal): Promise<OutgoingOutcome> {
  const startedAt = performance.now()
  const heard: Heard = { httpStatus: null, headers: {}, chunks: [] }
  const life = startLife(request.timeoutMs, stop)
  const cut = life.cutoff.then((cutoff) => cutFault(cutoff, request))
  const fault = await (stop.aborted ? cut : Promise.race([ask(request, terms, life, heard), cut])).catch(noAnswer)
  life.end()
  const durationMs = Math.round(performance.now() - startedAt)
  const { httpStatus, headers, chunks } = heard
  return httpStatus === null
    ? { httpStatus, headers, chunks, durationMs, fault: fault ?? noAnswer(null) }
    : { httpStatus, headers, chunks, durationMs, fault: null }
}

function noAnswer(error: unknown): OutgoingFault {
  return { kind: 'CONNECT', detail: detailOf(error, 'NO_ANSWER') }
}

async function ask(
  request: OutgoingRequest,
  { allowPrivateTargets, resolveHost, trust }: Terms,
  life: Life,
  heard: Heard,
): Promise<OutgoingFault | null> {
  const url = new URL(request.url)
  const { method, body = null, readMaxBytes, keptMaxBytes } = request
  const figures = startFigures()
  const forbids = (address: string) => forbidsAddress(address, { allowPrivateTargets })
  const opened = await openSocket(url, { resolveHost, forbids, trust, life }, figures)
  if (opened.kind === 'forbidden') return { kind: 'PRIVATE', detail: hostOf(url) }
  if (opened.kind === 'failed') return outgoingFault(opened)
  let room = keptMaxBytes
  const asked = { url, method, body, headerLines: headerLines(url, request) }
  const answer = await exchange(opened.socket, asked, figures, {
    onStatus(httpStatus) {
      if (request.statusDecides === true) heard.httpStatus = httpStatus
    },
    onHead(httpStatus, headers) {
      Object.assign(heard, { httpStatus, headers })
      return true
    },
    onPiece(piece) {
      if (room > 0) heard.chunks.push(piece.subarray(0, room))
      room -= piece.length
    },
    bodyMaxBytes: readMaxBytes,
  })
  return answer.kind === 'failed' ? outgoingFault(answer) : null
}

function cutFault(cutoff: Cutoff, { timeoutMs }: OutgoingRequest): OutgoingFault {
  return cutoff === 'TIMED_OUT'
    ? { kind: 'TIMEOUT', detail: `${timeoutMs / 1_000} s` }
    : { kind: 'STOPPED', detail: 'the hub was stopped' }
}
