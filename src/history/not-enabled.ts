import type { Store } from '../store/store.js'

export interface Switch {
  at: number
  enabled: boolean
}

/** Only what turned it on or off: most changes are of other settings. */
const SWITCHES = `
SELECT "websiteId", (extract(epoch FROM at) * 1000)::float8 AS at, enabled
FROM (
  SELECT *, lag(enabled) OVER (PARTITION BY "websiteId" ORDER BY at, id) AS before
  FROM (
    SELECT "websiteId", id, at, enabled AND NOT deleted AS enabled
    FROM "WebsiteChange" WHERE "websiteId" = ANY($1::uuid[])
  ) change
) switch
WHERE before IS DISTINCT FROM enabled ORDER BY at, id`

/** When each website was turned on and off, in their order: one statement for any number of them. */
export async function findSwitches({ sql }: Pick<Store, 'sql'>, websiteIds: readonly string[]): Promise<Switch[][]> {
  const rows = await sql.query<Switch & { websiteId: string }>(SWITCHES, [[...new Set(websiteIds)]])
  const switchesOf = new Map<string, Switch[]>(websiteIds.map((id) => [id, []]))
  for (const { websiteId, at, enabled } of rows) switchesOf.get(websiteId)?.push({ at, enabled })
  return websiteIds.map((id) => switchesOf.get(id) ?? [])
}

/** How much of [from, to) a website was not enabled, in milliseconds; before the first switch it was not. */
export function notEnabledMs(switches: readonly Switch[], { from, to }: { from: number; to: number }): number {
  let sum = 0
  let since = from
  let enabled = false
  for (const { at, enabled: next } of [...switches, { at: to, enabled: false }]) {
    const until = Math.min(Math.max(at, since), to)
    if (!enabled) sum += until - since
    since = until
    enabled = next
  }
  return sum
}
