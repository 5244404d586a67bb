import { GraphQLError } from 'graphql'

/** docs/owners.md explains each of these `extensions.code`. */
export const FAULT_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** A fault of the call itself; outcomes that callers act on are data (`Refusal`). */
export function fault(code: FaultCode, message: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } })
}

/** `retryAfter` is in seconds. */
export function rateFault(retryAfter: number): GraphQLError {
  return fault('RATE_LIMITED', `Too many requests: retry in ${retryAfter} s.`, {
    retryAfter,
    http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
  })
}
