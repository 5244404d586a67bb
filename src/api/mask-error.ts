import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import type { Logger } from 'pino'
import { FAULT_CODES } from '../graph/fault.js'
import { isDatabaseAway } from '../store/database-away.js'

const KNOWN_CODES = new Set<unknown>(FAULT_CODES)

/** Faults of the call keep their words; anything else is logged, and the caller gets an ID to quote. */
export function maskError(log: Logger, error: unknown): GraphQLError {
  if (error instanceof GraphQLError) {
    if (KNOWN_CODES.has(codeOf(error))) return error
    const cause = error.originalError
    if (cause instanceof GraphQLError && KNOWN_CODES.has(codeOf(cause))) {
      return placed(error, error.message, cause.extensions)
    }
    // Without a path no resolver has run: it is graphql-js's own error, about variables or the operation's name.
    if (!cause || (error.path === undefined && cause instanceof GraphQLError))
      return placed(error, error.message, { ...httpOf(error), code: 'BAD_USER_INPUT' })
  }
  const place = error instanceof GraphQLError ? error : new GraphQLError('')
  if (isDatabaseAway(error)) {
    log.warn({ error }, 'the database does not answer')
    return placed(place, 'The database is not answering: try again in a few seconds.', {
      code: 'UNAVAILABLE',
      // If some fields have their answer, the HTTP status is no failure.
      ...(place.path === undefined && { http: { status: 503, headers: { 'retry-after': '5' } } }),
    })
  }
  const errorId = randomUUID()
  log.error({ error, errorId }, 'unexpected error')
  return placed(place, `Something went wrong in the hub; its log has it under ${errorId}.`, {
    code: 'INTERNAL_SERVER_ERROR',
    errorId,
  })
}

/** Errors of compiled documents have no extensions unless their cause has. */
function codeOf({ extensions }: { extensions?: GraphQLErrorExtensions }): unknown {
  return extensions?.['code']
}

/** Yoga's own errors about requests that are not GraphQL set the HTTP status. */
function httpOf({ extensions }: { extensions?: GraphQLErrorExtensions }): Record<string, unknown> {
  return extensions?.['http'] === undefined ? {} : extensions
}

function placed(place: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError {
  return new GraphQLError(message, {
    nodes: place.nodes ?? null,
    source: place.source ?? null,
    positions: place.positions ?? null,
    path: place.path ?? null,
    extensions: { ...extensions },
  })
}
