import { z } from 'zod'

import { hubFault, UPGRADE_ADVICE } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'

/** `data` is trusted to have the shape of the document that was asked. */
export interface GraphqlResult<Data> {
  data?: Data | null | undefined
  errors?: readonly GraphqlFault[] | undefined
}

export interface GraphqlFault {
  message: string
  extensions?: { code?: unknown } | undefined
}

const RESULT = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.unknown() }).optional() })).optional(),
})

export function readResult<Data>(text: string): GraphqlResult<Data> | null {
  try {
    const { data, error } = RESULT.safeParse(JSON.parse(text))
    const isResult = error === undefined && (data.data !== undefined || data.errors !== undefined)
    return isResult ? (data as GraphqlResult<Data>) : null
  } catch {
    return null
  }
}

export function graphqlFault({ errors }: Pick<GraphqlResult<unknown>, 'errors'>): HubFault | null {
  const error = errors?.[0]
  if (error === undefined) return null
  switch (error.extensions?.code) {
    case 'UNAUTHENTICATED':
      return hubFault('SESSION_ENDED', `The hub no longer accepts this session: ${error.message}`)
    // A suspended validator: its session is good, and another signup would not help.
    case 'FORBIDDEN':
      return hubFault('BUSY', `The hub gives this validator no tasks now: ${error.message}`)
    case 'BAD_USER_INPUT':
      return hubFault('REFUSED', `The hub refuses what this validator sends: ${error.message}`)
    // A document that was right once does not fit the hub's schema any more.
    case 'GRAPHQL_PARSE_FAILED':
    case 'GRAPHQL_VALIDATION_FAILED':
      return hubFault(
        'PROTOCOL_TOO_OLD',
        `The hub does not understand this validator: ${error.message} ${UPGRADE_ADVICE}`,
      )
    default:
      return hubFault('BUSY', `The hub failed: ${error.message}`)
  }
}
