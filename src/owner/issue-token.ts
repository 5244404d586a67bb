import { v7 as uuid } from 'uuid'
import type { ApiToken } from '../generated/prisma/client.js'
import type { OwnerAccess } from '../graph/identity.js'
import type { Sql } from '../store/store.js'
import { createOwnerSecret, hashOwnerToken } from './owner-token.js'

export interface NewToken {
  userId: string
  kind: ApiToken['kind']
  name: string
  now: number
  /** Null for one that works until it is revoked. */
  expiresAt: number | null
  access?: OwnerAccess
}

export interface IssuedToken {
  /** Nobody can be told it again. */
  token: string
  apiToken: ApiToken
}

/** Makes a token for an owner and keeps its hash. */
export async function issueToken(
  sql: Sql,
  { userId, kind, name, now, expiresAt, access = 'FULL' }: NewToken,
): Promise<IssuedToken> {
  const token = createOwnerSecret()
  const [apiToken] = await sql.query<ApiToken>(
    `INSERT INTO "ApiToken" (id, "userId", kind, name, hash, "createdAt", "expiresAt", "readOnly")
     VALUES ($1, $2, $3::"ApiTokenKind", $4, $5, $6, $7, $8) RETURNING *`,
    [
      uuid(),
      userId,
      kind,
      name,
      hashOwnerToken(token),
      new Date(now),
      expiresAt === null ? null : new Date(expiresAt),
      access === 'READ_ONLY',
    ],
  )
  if (!apiToken) throw new Error('an insert returned no token')
  return { token, apiToken }
}
