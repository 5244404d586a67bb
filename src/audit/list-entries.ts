import type { AuditEntry } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Sql } from '../store/store.js'

export interface EntryPage extends PageSlice {
  /** Only what this owner did, or what was done to them. */
  userId: string | null
  /** Only entries about the owner with this email address, in lower case. */
  email: string | null
}

/** An entry, with the email address that its owner has now. */
export interface ListedEntry extends Omit<AuditEntry, 'detail'> {
  detail: string | null
  email: string | null
}

export async function listEntries(sql: Sql, page: EntryPage): Promise<ListedEntry[]> {
  return sql.query<ListedEntry>(
    `SELECT a.id, a.at, a.actor, a."userId", a."tokenId", a.action, a."subjectKind", a."subjectId",
            a.detail #>> '{}' AS detail, u.email
     FROM "AuditEntry" a LEFT JOIN "User" u ON u.id = a."userId"
     WHERE ($1::uuid IS NULL OR a."userId" = $1) AND ($2::text IS NULL OR u.email = $2)
       AND ($3::uuid IS NULL OR a.id < $3) AND ($4::uuid IS NULL OR a.id > $4)
     ORDER BY a.id ${page.order === 'newestFirst' ? 'DESC' : 'ASC'} LIMIT $5`,
    [page.userId, page.email, page.olderThan, page.newerThan, page.limit],
  )
}
