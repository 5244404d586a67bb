import type { GraphQLParams } from 'graphql-yoga'

/**
 * Reads the parameters of an operation from a URL. What should be JSON and is not stays text, so that it is refused like
 * text in a body.
 */
export function readQueryParameters(url: string): GraphQLParams {
  const { searchParams } = new URL(url, 'http://hub')
  const given = {
    query: searchParams.get('query') ?? undefined,
    operationName: searchParams.get('operationName') || undefined,
    variables: readJson(searchParams.get('variables')),
    extensions: readJson(searchParams.get('extensions')),
  }
  // Yoga judges them, and its types say what they are afterwards.
  return given as GraphQLParams
}

function readJson(text: string | null): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Whether only the hash of a document came, which this hub does not keep. */
export function isPersistedOnly({ query, extensions }: GraphQLParams): boolean {
  return query == null && typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions
}
