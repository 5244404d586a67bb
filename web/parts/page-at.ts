/** Which page of a list stands in an address; null for its first. */
export type PageAt = { after: string } | { before: string } | null

export function readPage(query: URLSearchParams): PageAt {
  const after = query.get('after')
  const before = query.get('before')
  return after !== null ? { after } : before !== null ? { before } : null
}

/** The arguments of a connection. */
export function pageTerms(
  at: PageAt,
  size: number,
): { first: number; after?: string } | { last: number; before: string } {
  return at !== null && 'before' in at ? { last: size, before: at.before } : { first: size, ...at }
}

/** The address of a page of the list that a path shows. */
export function pageAddress(path: string, at: PageAt): string {
  return at === null ? path : `${path}?${new URLSearchParams({ ...at }).toString()}`
}
