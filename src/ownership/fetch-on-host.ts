import type { IncomingHttpHeaders } from 'node:http'
import { OWNERSHIP_LOOK_MS, OWNERSHIP_REDIRECTS_MAX } from './limits.js'
import type { Outgoing } from '../outgoing/outgoing.js'
import type { OutgoingFault } from '../outgoing/outgoing-fault.js'
import { URL_LENGTH_MAX } from '../protocol/limits.js'
import { parseUrl } from '../protocol/parse-url.js'
import { provableHost } from './provable-host.js'
import { type Unseen, unseen } from './sighting.js'

export interface Fetched {
  kind: 'FETCHED'
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Follows redirects only within the host, never back to http: others prove nothing. `timeoutMs` is for all of it. */
export async function fetchOnHost(
  outgoing: Outgoing,
  from: string,
  { bodyMaxBytes, timeoutMs = OWNERSHIP_LOOK_MS }: { bodyMaxBytes: number; timeoutMs?: number },
): Promise<Fetched | Unseen> {
  const endAt = performance.now() + timeoutMs
  let url = from
  for (let redirects = 0; redirects <= OWNERSHIP_REDIRECTS_MAX; redirects++) {
    const left = Math.ceil(endAt - performance.now())
    if (left <= 0) return unseen('UNREACHABLE', `${from} and its redirects took more than ${timeoutMs / 1_000} s.`)
    const { httpStatus, headers, chunks, fault } = await outgoing.send({
      method: 'GET',
      url,
      timeoutMs: left,
      readMaxBytes: bodyMaxBytes + 1,
      keptMaxBytes: bodyMaxBytes + 1,
    })
    if (fault) return explain(url, fault)
    if (httpStatus === 200) return judgeBody(url, headers, Buffer.concat(chunks))
    if (!REDIRECTS.has(httpStatus)) return unseen('ABSENT', `${url} answered with status ${httpStatus}, not 200.`)
    const next = followRedirect(url, headers.location)
    if (typeof next !== 'string') return next
    url = next
  }
  return unseen('ABSENT', `${from} led to more than ${OWNERSHIP_REDIRECTS_MAX} redirects.`)
}

function followRedirect(url: string, location: string | undefined): string | Unseen {
  const base = new URL(url)
  const next = location === undefined || location.length > URL_LENGTH_MAX ? null : parseUrl(location, url)
  if (next === null) return unseen('ABSENT', `${url} redirects to no URL.`)
  const isWeb = next.protocol === 'http:' || next.protocol === 'https:'
  if (!isWeb || provableHost(next.href).host !== provableHost(url).host) {
    const to = isWeb ? next.host : next.protocol
    return unseen('ABSENT', `${url} redirects to ${to}, and what another host says proves nothing about this one.`)
  }
  if (base.protocol === 'https:' && next.protocol === 'http:') {
    return unseen('ABSENT', `${url} redirects from https to http, which is not followed.`)
  }
  next.hash = ''
  next.username = ''
  next.password = ''
  return next.href
}

function judgeBody(url: string, headers: IncomingHttpHeaders, body: Buffer): Fetched | Unseen {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    return unseen('ABSENT', `${url} answered in the encoding ${encoding.slice(0, 20)}, although it was asked for none.`)
  }
  return { kind: 'FETCHED', url, headers, body }
}

const WORDS = {
  DNS: 'its name could not be resolved',
  CONNECT: 'it took no connection, or ended it before it had answered',
  TLS: 'its certificate is not right, or TLS could not be set up',
  PROTOCOL: 'what it answered is not right HTTP, or has too large a head',
} as const

function explain(url: string, { kind, detail }: OutgoingFault): Unseen {
  switch (kind) {
    case 'PRIVATE':
      return unseen('PRIVATE', `${detail} leads to no public address, and this hub asks no other.`)
    case 'TIMEOUT':
      return unseen('UNREACHABLE', `${url} had not answered after ${detail}.`)
    case 'STOPPED':
      return unseen('STOPPED', `The hub was stopped before ${url} had answered.`)
    default:
      return unseen('UNREACHABLE', `${url} could not be read: ${WORDS[kind]} (${detail}).`)
  }
}
