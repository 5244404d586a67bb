import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import type { FaultCode } from '../graph/fault.js'
import { sendBody } from './send-body.js'

export interface Refusal {
  status: number
  code: FaultCode
  message: string
  headers?: Readonly<Record<string, string>>
  details?: Readonly<Record<string, unknown>>
}

export const NOTHING_HERE: Refusal = {
  status: 404,
  code: 'BAD_USER_INPUT',
  message: 'Not found: the API is at /graphql.',
}

/** For faults that name no status themselves. */
const STATUS_OF: Readonly<Record<FaultCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  LIMIT_EXCEEDED: 400,
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
}

export function statusOf(code: FaultCode): number {
  return STATUS_OF[code]
}

/** Asks for a token (RFC 9110 §11.6.1). */
export const ASK_FOR_TOKEN = { 'www-authenticate': 'Bearer realm="overlaps"' }

/** `extensions.code` must be one of FAULT_CODES. */
export function refusalOf({ message, extensions }: GraphQLError): Refusal {
  const { code, http, ...details } = extensions as {
    code: FaultCode
    http?: { status: number; headers?: Record<string, string> }
  }
  return { status: http?.status ?? statusOf(code), code, message, headers: http?.headers ?? {}, details }
}

const refused = new WeakSet<ServerResponse>()

/** Whether a response is a refusal already, so that nothing else can be sent. */
export function isRefused(response: ServerResponse): boolean {
  return refused.has(response)
}

/** Ends the connection too; the rest of the request is discarded. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  refused.add(response)
  response.req.resume()
  sendBody(response, { status: refusal.status, headers: refusalHeaders(refusal), body: refusalText(refusal) })
}

export function refusalHeaders({ status, headers }: Refusal): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    ...(status === 401 && ASK_FOR_TOKEN),
    ...headers,
  }
}

/** A refusal as it goes over a connection that has no response. */
export function refusalBytes(refusal: Refusal): string {
  const body = refusalText(refusal)
  const headers = { ...refusalHeaders(refusal), 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`, ...lines, '', body].join('\r\n')
}

export function refusalText({ code, message, details }: Refusal): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] })
}
