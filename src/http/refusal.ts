import type { ServerResponse } from 'node:http'
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
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
}

/** `extensions.code` must be one of FAULT_CODES. */
export function refusalOf({ message, extensions }: GraphQLError): Refusal {
  const { code, http, ...details } = extensions as {
    code: FaultCode
    http?: { status: number; headers?: Record<string, string> }
  }
  return { status: http?.status ?? STATUS_OF[code], code, message, headers: http?.headers ?? {}, details }
}

/** Ends the connection too, so that nothing more of the request is read. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  sendBody(response, { status: refusal.status, headers: refusalHeaders(refusal), body: refusalText(refusal) })
}

export function refusalHeaders({ status, headers }: Refusal): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="overlaps"' }),
    ...headers,
  }
}

export function refusalText({ code, message, details }: Refusal): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] })
}
