import { LOG_IN_PLACE_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import { DAY_MS } from '../time.js'

/** Deletes the tokens and the codes of log-in links that have expired, and the addresses of log-ins. */
export async function deleteExpiredTokens({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<void> {
  await store.prisma.apiToken.deleteMany({ where: { expiresAt: { lt: new Date(clock.now()) } } })
  // For a day the page can say what became of a link.
  await store.prisma.logInCode.deleteMany({ where: { expiresAt: { lt: new Date(clock.now() - DAY_MS) } } })
  await store.prisma.logInPlace.deleteMany({ where: { at: { lte: new Date(clock.now() - LOG_IN_PLACE_MS) } } })
}
