import type { Parts } from '../parts.js'
import { type IssuedToken, issueToken } from './issue-token.js'

/** Makes an API token for an owner, at the operator's bidding: what an owner may have is not looked at. */
export async function createOwnerToken(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { userId, name }: { userId: string; name: string },
): Promise<IssuedToken> {
  return issueToken(store.sql, { userId, kind: 'API', name, now: clock.now(), expiresAt: null })
}
