const SUGGESTION = ' Did you mean '

/** graphql-js ends its message about an unknown name with similar names of the schema. */
export function withoutSuggestion(message: string): string {
  const at = message.lastIndexOf(SUGGESTION)
  return at >= 0 && message.endsWith('?') ? message.slice(0, at) : message
}
