import type { Prisma } from '../generated/prisma/client.js'
import { DAY_MS } from '../time.js'
import { issueToken } from './issue-token.js'

/** How long a log-in lasts, in milliseconds: 30 days. */
export const LOGIN_LIFETIME_MS = 30 * DAY_MS

export interface Session {
  token: string
  expiresAt: Date
}

/** Opens a log-in session and clears away the owner's ended ones. */
export async function openSession(prisma: Prisma.TransactionClient, userId: string, now: number): Promise<Session> {
  await prisma.apiToken.deleteMany({
    where: { userId, kind: 'SESSION', OR: [{ expiresAt: { lte: new Date(now) } }, { revokedAt: { not: null } }] },
  })
  const expiresAt = now + LOGIN_LIFETIME_MS
  const { token } = await issueToken(prisma, { userId, kind: 'SESSION', name: 'log-in', now, expiresAt })
  return { token, expiresAt: new Date(expiresAt) }
}
