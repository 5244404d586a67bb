import { v7 as uuid } from 'uuid'
import { type Actor, refuseReadOnly } from '../graph/actor.js'
import type { Sql } from '../store/store.js'

/** What a verb did, as it is kept: never a secret, never a text that anybody wrote. */
export interface Change {
  at: number
  /** Name of the mutation, or of what the hub did by itself. */
  action: string
  /** The GraphQL type of what was changed, and its id where it has one. */
  subject: readonly [kind: string, id: string | null]
  /** For people; `describeInput` makes one from an input. */
  detail?: string | null
  /** The owner it was done to, where somebody else did it. */
  ownerId?: string | null
}

/** Adds an entry in the transaction of the change itself, for good. @throws FORBIDDEN for a read-only token. */
export async function recordChange(sql: Sql, actor: Actor, change: Change): Promise<void> {
  refuseReadOnly(actor)
  const { at, action, subject, detail = null, ownerId = null } = change
  const [userId, tokenId] = actor.kind === 'OWNER' ? [actor.userId, actor.tokenId] : [ownerId, null]
  await sql.query(
    `INSERT INTO "AuditEntry" (id, at, actor, "userId", "tokenId", action, "subjectKind", "subjectId", detail)
     VALUES ($1, $2, $3::"ActorKind", $4, $5, $6, $7, $8, to_jsonb($9::text))`,
    [uuid(), new Date(at), actor.kind, userId, tokenId, action, ...subject, detail],
  )
}
