import { GraphQLError } from 'graphql'

/** Every `extensions.code` that a caller can see; docs/owners.md explains them. */
export const FAULT_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'LIMIT_EXCEEDED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** A fault of the call itself: not an outcome that the caller acts on, which would be data. */
export function fault(code: FaultCode, message: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } })
}

/** Too much in too short a time. `retryAfter` is in seconds; over HTTP it is a status and a header as well. */
export function rateFault(retryAfter: number): GraphQLError {
  return fault('RATE_LIMITED', `There was too much from here: wait ${retryAfter} s and send it again.`, {
    retryAfter,
    http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
  })
}
