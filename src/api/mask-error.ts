import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import { FAULT_CODES } from '../graph/fault.js'
import type { Parts } from '../parts.js'
import type { Settings } from '../settings.js'
import { isDatabaseAway } from '../store/database-away.js'
import { withoutSuggestion } from './hide-suggestions.js'
import { placed } from './placed-error.js'

type MaskParts = Pick<Parts, 'log'> & { settings: Pick<Settings, 'introspection'> }

const KNOWN_CODES = new Set<unknown>(FAULT_CODES)

/**
 * What a caller is shown of an error. Faults of the call keep their words. Anything else is a bug or a broken part:
 * it is logged once, with an ID that the caller can quote, and its words stay inside.
 */
export function maskError({ log, settings }: MaskParts, error: unknown): GraphQLError {
  if (error instanceof GraphQLError) {
    if (KNOWN_CODES.has(codeOf(error))) return error
    const cause = error.originalError
    if (cause instanceof GraphQLError && KNOWN_CODES.has(codeOf(cause))) {
      return placed(error, error.message, cause.extensions)
    }
    // Without a path no resolver has run: it is graphql-js that speaks, of variables or of the operation's name.
    if (!cause || (error.path === undefined && cause instanceof GraphQLError)) {
      const message = settings.introspection ? error.message : withoutSuggestion(error.message)
      return placed(error, message, { ...httpOf(error), code: 'BAD_USER_INPUT' })
    }
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
  const http = extensions?.['http'] as Record<string, unknown> | undefined
  return http === undefined ? {} : { http: { ...http, spec: false } }
}
