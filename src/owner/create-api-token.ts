import type { OwnerAccess } from '../graph/identity.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { type IssuedToken, issueToken } from './issue-token.js'
import { nameFault } from '../graph/name-fault.js'

const TOKEN_NAME_LENGTH_MAX = 100
/** API tokens that work at one time; `User.apiTokens` lists them without pages. */
const API_TOKENS_MAX = 100

export type CreateApiTokenResult = ({ kind: 'created' } & IssuedToken) | Refusal<'INVALID_NAME' | 'TOO_MANY_TOKENS'>

/** Makes a token that works until it is revoked. */
export async function createApiToken(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { userId, name, access = 'FULL' }: { userId: string; name: string; access?: OwnerAccess },
): Promise<CreateApiTokenResult> {
  const fault = nameFault(name, TOKEN_NAME_LENGTH_MAX)
  if (fault !== null) return refuse('INVALID_NAME', fault)
  return store.transaction(async (sql): Promise<CreateApiTokenResult> => {
    // One at a time for an owner, so that many at once do not go over the limit together.
    await sql.query(`SELECT id FROM "User" WHERE id = $1 FOR UPDATE`, [userId])
    const [row] = await sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "ApiToken" WHERE "userId" = $1 AND kind = 'API' AND "revokedAt" IS NULL`,
      [userId],
    )
    if ((row?.count ?? 0) >= API_TOKENS_MAX) {
      return refuse('TOO_MANY_TOKENS', `You have ${API_TOKENS_MAX} API tokens already; revoke one first.`)
    }
    const issued = await issueToken(sql, {
      userId,
      kind: 'API',
      name: name.trim(),
      now: clock.now(),
      expiresAt: null,
      access,
    })
    return { kind: 'created', ...issued }
  })
}
