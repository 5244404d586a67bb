import type { TypedDocumentString } from '../client/graphql'

/** Where GraphiQL opens with a document and its variables: behind `#`, for it is long and nobody's business on the way. */
export function queryAddress<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): string {
  const query = unindented(document.toString())
  return `/graphql#${new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) }).toString()}`
}

/** As the generator leaves it, the first line and the fragments are set in by four. */
function unindented(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ {4}(?=query|fragment|mutation|subscription)/, ''))
    .join('\n')
}
