import { v7 as uuid } from 'uuid'
import { recordChange } from '../audit/record-change.js'
import { HUB } from '../graph/actor.js'
import type { Parts } from '../parts.js'
import { issueToken } from './issue-token.js'
import { issueLogInLink } from './issue-log-in-link.js'

/** Whoever starts a hub is its first owner, by a token; with a password of its own the address can be logged in with. */
const FIRST_OWNER_EMAIL = 'owner@localhost'

/** Both are shown this once. */
export interface FirstOwner {
  token: string
  logInLink: string
}

/** Makes an owner with a token when there is no owner at all. Null when there is one, or another hub is making it. */
export async function createFirstOwner({
  store,
  clock,
  settings,
}: Pick<Parts, 'store' | 'clock' | 'settings'>): Promise<FirstOwner | null> {
  return store.change(async ({ sql, prisma }) => {
    const now = clock.now()
    // Of two hubs that start at once the second waits here for the first, and then finds the address taken.
    const [user] = await sql.query<{ id: string }>(
      `INSERT INTO "User" (id, email, "createdAt") SELECT $1::uuid, $2, $3::timestamptz
       WHERE NOT EXISTS (SELECT 1 FROM "User") ON CONFLICT (email) DO NOTHING RETURNING id`,
      [uuid(), FIRST_OWNER_EMAIL, new Date(now)],
    )
    if (!user) return null
    const { id: userId } = user
    await recordChange(sql, HUB, { at: now, action: 'createFirstOwner', subject: ['User', userId], ownerId: userId })
    const { token } = await issueToken(prisma, { userId, kind: 'API', name: 'first start', now })
    const { url: logInLink } = await issueLogInLink(prisma, settings, { userId, now })
    return { token, logInLink }
  })
}
