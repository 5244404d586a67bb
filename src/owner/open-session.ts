import type { Parts } from '../parts.js'
import { DAY_MS } from '../time.js'
import { issueToken } from './issue-token.js'

/** How long a log-in lasts, in milliseconds: 30 days. */
export const LOGIN_LIFETIME_MS = 30 * DAY_MS

export interface Session {
  token: string
  expiresAt: Date
}

/**
 * Opens a log-in session and clears away the owner's ended ones. Null when the password is no longer the one that was
 * checked: the row is held against `changePassword`, which must end every session of the old password.
 */
export async function openSession(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { id: userId, passwordHash }: { id: string; passwordHash: string | null },
): Promise<Session | null> {
  return store.transaction(async (sql) => {
    const [user] = await sql.query(
      `SELECT id FROM "User" WHERE id = $1 AND "passwordHash" IS NOT DISTINCT FROM $2 FOR SHARE`,
      [userId, passwordHash],
    )
    if (!user) return null
    const now = clock.now()
    await sql.query(
      `DELETE FROM "ApiToken" WHERE "userId" = $1 AND kind = 'SESSION' AND ("expiresAt" <= $2 OR "revokedAt" IS NOT NULL)`,
      [userId, new Date(now)],
    )
    const expiresAt = now + LOGIN_LIFETIME_MS
    const { token } = await issueToken(sql, { userId, kind: 'SESSION', name: 'log-in', now, expiresAt })
    return { token, expiresAt: new Date(expiresAt) }
  })
}
