/** A tab of GraphiQL: a document that runs as it stands, once a token is set. */
export interface Example {
  name: string
  query: string
  variables?: Record<string, unknown>
}

export const EXAMPLES: readonly Example[] = []
