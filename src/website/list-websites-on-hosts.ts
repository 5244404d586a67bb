import { isIPv4, isIPv6 } from 'node:net'
import { hostNameOf } from '../protocol/host-name.js'
import type { Sql } from '../store/store.js'

export interface WebsiteOnHost {
  no: number
  userId: string
  url: string
  everyRounds: number
}

/** The host as it stands in a URL in its usual form: without the port and the dot of absolute names. */
const ON_HOSTS = `
SELECT no, "userId", url, "everyRounds" FROM "Website"
WHERE enabled AND "deletedAt" IS NULL
  AND regexp_replace(substring(url FROM '^https?://([^/?]*)'), '[.]?(:[0-9]+)?$', '') = ANY($1::text[])`

/** Enabled websites on hosts as `hostNameOf` spells them, whoever has registered them. */
export async function listWebsitesOnHosts(sql: Sql, hosts: readonly string[]): Promise<WebsiteOnHost[]> {
  const rows = await sql.query<WebsiteOnHost>(ON_HOSTS, [[...new Set(hosts.flatMap(spellingsOf))]])
  const wanted = new Set(hosts)
  return rows.filter(({ url }) => wanted.has(hostNameOf(new URL(url))))
}

function spellingsOf(host: string): string[] {
  if (isIPv6(host)) return [new URL(`http://[${host}]`).hostname]
  return isIPv4(host) ? [host, new URL(`http://[::ffff:${host}]`).hostname] : [host]
}
