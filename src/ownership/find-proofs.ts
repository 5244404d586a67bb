import type { HostProof } from '../generated/prisma/client.js'
import type { Sql, Store } from '../store/store.js'
import { isProven } from './proof-rule.js'
import { coveringProofs, provableHost } from './provable-host.js'

export interface OwnedUrl {
  userId: string
  url: string
}

/** The proof that counts most for each website, in their order: the widest of those that count, else any; null for none. */
export async function findProofs(
  { sql }: Pick<Store, 'sql'>,
  websites: readonly OwnedUrl[],
): Promise<(HostProof | null)[]> {
  const asked = websites.map(({ userId, url }) => ({ userId, hosts: coveringProofs(provableHost(url)) }))
  const pairs = asked.flatMap(({ userId, hosts }) => hosts.map((host) => ({ userId, host })))
  const rows = await sql.query<HostProof>(
    `SELECT "userId", host, method, "provenAt", "checkedAt", "failedAt" FROM "HostProof" WHERE ("userId", host) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
    [pairs.map(({ userId }) => userId), pairs.map(({ host }) => host)],
  )
  const proofs = new Map(rows.map((proof) => [keyOf(proof.userId, proof.host), proof]))
  return asked.map(({ userId, hosts }) => {
    const found = hosts.flatMap((host) => proofs.get(keyOf(userId, host)) ?? [])
    return found.find(isProven) ?? found[0] ?? null
  })
}

/** Whether each of many websites may be checked where ownership is asked for, told by one reading of all proofs. */
export async function readProven({
  sql,
  rowsPerStatementMax,
}: Pick<Store, 'sql' | 'rowsPerStatementMax'>): Promise<(website: OwnedUrl) => boolean> {
  const proven = new Set<string>()
  for await (const proof of readAll(sql, rowsPerStatementMax)) {
    if (isProven(proof)) proven.add(keyOf(proof.userId, proof.host))
  }
  return ({ userId, url }) => coveringProofs(provableHost(url)).some((host) => proven.has(keyOf(userId, host)))
}

type Standing = Pick<HostProof, 'userId' | 'host' | 'checkedAt' | 'failedAt'>

async function* readAll(sql: Sql, limit: number): AsyncIterable<Standing> {
  let last: Standing | undefined
  for (;;) {
    const rows: Standing[] = await sql.query<Standing>(
      `SELECT "userId", host, "checkedAt", "failedAt" FROM "HostProof"
       WHERE $1::uuid IS NULL OR ("userId", host) > ($1::uuid, $2::text) ORDER BY "userId", host LIMIT $3`,
      [last?.userId ?? null, last?.host ?? '', limit],
    )
    yield* rows
    last = rows.at(-1)
    if (rows.length < limit) return
  }
}

function keyOf(userId: string, host: string): string {
  return `${userId} ${host}`
}
