import { v7 as uuid } from 'uuid'
import type { AuditEntry } from '../generated/prisma/client.js'
import type { Sql } from '../store/store.js'

/** What somebody did, as it is kept: never a secret, never an input as it came. */
export interface NewEntry {
  at: number
  actor: AuditEntry['actor']
  /** The owner who did it, or whom it was done to; null when it is about none. */
  userId: string | null
  /** The owner's token that it was done with. */
  tokenId: string | null
  /** Name of the mutation, or of what the hub did by itself. */
  action: string
  /** Name of a GraphQL type. */
  subjectKind: string
  subjectId: string | null
  /** One line more, for people. */
  detail: string | null
}

/** Adds an entry to the log of changes. Entries are never changed and never deleted. */
export async function recordEntry(sql: Sql, entry: NewEntry): Promise<void> {
  const { at, actor, userId, tokenId, action, subjectKind, subjectId, detail } = entry
  await sql.query(
    `INSERT INTO "AuditEntry" (id, at, actor, "userId", "tokenId", action, "subjectKind", "subjectId", detail)
     VALUES ($1, $2, $3::"ActorKind", $4, $5, $6, $7, $8, to_jsonb($9::text))`,
    [uuid(), new Date(at), actor, userId, tokenId, action, subjectKind, subjectId, detail],
  )
}
