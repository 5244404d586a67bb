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

/**
 * Whether the list has to be asked again: something came, went or was changed, or is counted as something else.
 * @param conditions what the events said before, of websites that the filter hides too; kept up to date.
 */
export function outdates(list: WebsiteList, { cause, website }: Change, conditions: Map<string, string>): boolean {
  const now = conditionOf(website)
  const row = list.rows.find(({ id }) => id === website.id)
  const before = row === undefined ? conditions.get(website.id) : conditionOf(row)
  conditions.set(website.id, now)
  if (cause === 'CREATED' || cause === 'DELETED' || cause === 'UPDATED') return true
  return before !== undefined && before !== now
}

export function conditionOf({ enabled, status }: Pick<Row, 'enabled' | 'status'>): string {
  return enabled ? (status ?? 'UNKNOWN') : 'DISABLED'
}

function isNewer(one: Change, other: Change): boolean {
  return BigInt(one.sequence ?? 0) >= BigInt(other.sequence ?? 0)
}
