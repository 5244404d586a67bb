import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import type { FaultCode } from '../graph/fault.js'
import { sendBody } from './send-body.js'

/** Why a request is not answered. */
export interface Refusal {
  status: number
  code: FaultCode
  message: string
  /** Those that the status calls for. */
  headers?: Readonly<Record<string, string>>
  /** Stands beside the code in `extensions`. */
  details?: Readonly<Record<string, unknown>>
}

export const NOTHING_HERE: Refusal = {
  status: 404,
  code: 'BAD_USER_INPUT',
  message: 'There is nothing here: the API is at /graphql.',
}

/** The status of a fault that names none itself. */
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

/** The status of a fault, by its code. */
export function statusOf(code: FaultCode): number {
  return STATUS_OF[code]
}

/** What a request is asked for that came with no token, or a wrong one (RFC 9110 §11.6.1). */
export const ASK_FOR_TOKEN = { 'www-authenticate': 'Bearer realm="overlaps"' }

/** A fault of the call as an HTTP answer. Its code must be one of the closed list. */
export function refusalOf({ message, extensions }: GraphQLError): Refusal {
  const { code, http, ...details } = extensions as {
    code: FaultCode
    http?: { status: number; headers?: Record<string, string> }
  }
  return { status: http?.status ?? statusOf(code), code, message, headers: http?.headers ?? {}, details }
}

/** Answers with a refusal and ends the connection; what still comes of the request is thrown away. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  response.req.resume()
  sendBody(response, { status: refusal.status, headers: refusalHeaders(refusal), body: refusalText(refusal) })
}

/** The headers of a refusal, for whatever sends it. */
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

/** In the shape that GraphQL clients read. */
export function refusalText({ code, message, details }: Refusal): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] })
}
