import { LOG_IN_PLACE_MS } from '../limits.js'
import type { Parts } from '../parts.js'

/** Deletes the tokens of owners that have expired, and the addresses of their log-ins. */
export async function deleteExpiredTokens({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<void> {
  await store.prisma.apiToken.deleteMany({ where: { expiresAt: { lt: new Date(clock.now()) } } })
  await store.prisma.logInPlace.deleteMany({ where: { at: { lte: new Date(clock.now() - LOG_IN_PLACE_MS) } } })
}
