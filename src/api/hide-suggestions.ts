const SUGGESTION = ' Did you mean '

/** graphql-js ends what it says of an unknown name with names that there are. */
export function withoutSuggestion(message: string): string {
  const at = message.lastIndexOf(SUGGESTION)
  return at >= 0 && message.endsWith('?') ? message.slice(0, at) : message
}
