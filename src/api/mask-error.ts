import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import type { Logger } from 'pino'
import { FAULT_CODES } from '../graph/fault.js'
import { isDatabaseAway } from '../store/database-away.js'

const KNOWN_CODES = new Set<unknown>(FAULT_CODES)

/**
 * What a caller is shown of an error. Faults of the call keep their words. Anything else is a bug or a broken part:
 * it is logged once, with an ID that the caller can quote, and its words stay inside.
 */
export function maskError(log: Logger, error: unknown): GraphQLError {
  if (error instanceof GraphQLError) {
    if (KNOWN_CODES.has(codeOf(error))) return error
    const cause = error.originalError
    if (cause instanceof GraphQLError && KNOWN_CODES.has(codeOf(cause))) {
      return placed(error, error.message, cause.extensions)
    }
    // Without a path no resolver has run: it is graphql-js that speaks, of variables or of the operation's name.
    if (!cause || (error.path === undefined && cause instanceof GraphQLError))
      return placed(error, error.message, { ...httpOf(error), code: 'BAD_USER_INPUT' })
  }
  const place = error instanceof GraphQLError ? error : new GraphQLError('')
  if (isDatabaseAway(error)) {
    log.warn({ error }, 'the database does not answer')
    return placed(place, 'The database does not answer: send this again in some seconds.', {
      code: 'UNAVAILABLE',
      // Where some fields have their answer, HTTP is no failure.
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

/** The compiled channel's errors have no extensions unless their cause has. */
function codeOf({ extensions }: { extensions?: GraphQLErrorExtensions }): unknown {
  return extensions?.['code']
}

/** What Yoga itself says of a request that is no GraphQL request: by it the answer gets its HTTP status. */
function httpOf({ extensions }: { extensions?: GraphQLErrorExtensions }): Record<string, unknown> {
  return extensions?.['http'] === undefined ? {} : extensions
}

/** An error with the place of another. */
function placed(place: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError {
  return new GraphQLError(message, {
    nodes: place.nodes ?? null,
    source: place.source ?? null,
    positions: place.positions ?? null,
    path: place.path ?? null,
    extensions: { ...extensions },
  })
}
