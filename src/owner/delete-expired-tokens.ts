import type { Parts } from '../parts.js'

/** Deletes the tokens of owners that have expired. */
export async function deleteExpiredTokens({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<void> {
  await store.prisma.apiToken.deleteMany({ where: { expiresAt: { lt: new Date(clock.now()) } } })
}
