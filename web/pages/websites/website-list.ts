import type { WebsiteChangesSubscription, WebsitesQuery } from '../../client/graphql'

type Listed = WebsitesQuery['websites']['edges'][number]['node']
export type Row = Listed
export type Counts = WebsitesQuery['websites']['counts']
type Change = WebsiteChangesSubscription['websiteChanged']

/** What the page holds of the list: rows in the hub's order, and what is known of all pages. */
export interface WebsiteList {
  rows: readonly Row[]
  totalCount: number
  counts: Counts
  hasMore: boolean
  endCursor: string | null
}

export function addPage(list: WebsiteList | null, { websites }: WebsitesQuery): WebsiteList {
  const { edges, pageInfo, totalCount, counts } = websites
  const known = new Set(list?.rows.map(({ id }) => id))
  const fresh = edges.map(({ node }) => node).filter(({ id }) => !known.has(id))
  const rows = [...(list?.rows ?? []), ...fresh]
  return { rows, totalCount, counts, hasMore: pageInfo.hasNextPage, endCursor: pageInfo.endCursor }
}

/** Only of rows that are shown; uptimes stay, for an event does not have them. */
export function applyChanges(list: WebsiteList, changes: readonly Change[]): WebsiteList {
  const newest = new Map<string, Change>()
  for (const change of changes) {
    const other = newest.get(change.website.id)
    if (other === undefined || isNewer(change, other)) newest.set(change.website.id, change)
  }
  const rows = list.rows.flatMap((row) => {
    const change = newest.get(row.id)
    if (change === undefined) return [row]
    return change.cause === 'DELETED' ? [] : [{ ...row, ...change.website }]
  })
  return { ...list, rows }
}

/** Whether the list has to be asked again: something came or went, or changed what it is counted as. */
export function outdates(list: WebsiteList, { cause, website }: Change): boolean {
  if (cause === 'CURRENT') return false
  const row = list.rows.find(({ id }) => id === website.id)
  if (cause === 'CREATED' || cause === 'DELETED') return true
  return row !== undefined && (row.status !== website.status || row.enabled !== website.enabled)
}

function isNewer(one: Change, other: Change): boolean {
  return BigInt(one.sequence ?? 0) >= BigInt(other.sequence ?? 0)
}
