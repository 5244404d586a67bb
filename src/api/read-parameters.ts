import type { GraphQLParams } from 'graphql-yoga'

/** What is not JSON stays text, so that it is refused like text in a body. */
export function readQueryParameters(url: string): GraphQLParams {
  const { searchParams } = new URL(url, 'http://hub')
  const given = {
    query: searchParams.get('query') ?? undefined,
    operationName: searchParams.get('operationName') || undefined,
    variables: readJson(searchParams.get('variables')),
    extensions: readJson(searchParams.get('extensions')),
  }
  // Yoga checks them next.
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

/** Whether only the hash of a document was sent. */
export function isPersistedOnly({ query, extensions }: GraphQLParams): boolean {
  return query == null && typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions
}
