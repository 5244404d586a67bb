import type { Parts } from '../parts.js'
import { keptSince } from '../store/kept-since.js'

/** Deletes evidence whose ticks may be dropped: half of it proves nothing. What is kept of each validator bounds the statement. */
export async function deleteOldConflicts({
  store,
  clock,
  settings,
}: Pick<Parts, 'store' | 'clock' | 'settings'>): Promise<void> {
  const since = new Date(keptSince(clock.now(), settings.tickRetentionDays))
  await store.prisma.conflictingAnswer.deleteMany({ where: { roundAt: { lt: since } } })
}
