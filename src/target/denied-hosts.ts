import type { DeniedHost } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { coveringHosts, hostNameOf } from '../protocol/host-name.js'
import type { Sql } from '../store/store.js'

/** The operator's deny-list in the order of its hosts; at most `DENIED_HOSTS_MAX` of them. */
export async function listDeniedHosts(sql: Sql): Promise<DeniedHost[]> {
  return sql.query<DeniedHost>(`SELECT host, reason, "createdAt" FROM "DeniedHost" ORDER BY host`)
}

/** Finds the entry that covers the host of a URL: the nearest of several, null where none does. */
export function createDenialFinder(denied: readonly DeniedHost[]): (url: string) => DeniedHost | null {
  const byHost = new Map(denied.map((entry) => [entry.host, entry]))
  return (url) => {
    if (byHost.size === 0) return null
    const nearest = coveringHosts(hostNameOf(new URL(url))).find((host) => byHost.has(host))
    return byHost.get(nearest ?? '') ?? null
  }
}

/** What covers each of these URLs on the deny-list: one statement for any number of them. */
export async function findDenials(sql: Sql, urls: readonly string[]): Promise<(DeniedHost | null)[]> {
  const covering = urls.flatMap((url) => coveringHosts(hostNameOf(new URL(url))))
  const denied = await sql.query<DeniedHost>(
    `SELECT host, reason, "createdAt" FROM "DeniedHost" WHERE host = ANY($1::text[])`,
    [[...new Set(covering)]],
  )
  return urls.map(createDenialFinder(denied))
}

/** Why an owner may not have a URL asked; null when nothing of the deny-list covers it. */
export async function judgeHost(sql: Sql, url: string): Promise<Refusal<'DENIED_HOST'> | null> {
  const [denial] = await findDenials(sql, [url])
  return denial ? refuse('DENIED_HOST', denialText(denial)) : null
}

export function denialText({ host, reason }: DeniedHost): string {
  return `The operator of this hub lets nothing be sent to ${host}: ${reason}`
}
