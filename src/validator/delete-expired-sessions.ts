import type { Parts } from '../parts.js'

/** Deletes the sessions and the used challenges of validators that have expired. */
export async function deleteExpiredSessions({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<void> {
  const expired = { where: { expiresAt: { lt: new Date(clock.now()) } } }
  await store.prisma.usedChallenge.deleteMany(expired)
  await store.prisma.validatorSession.deleteMany(expired)
}
