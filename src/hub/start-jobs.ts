import type { Parts } from '../parts.js'
import { deleteOldConflicts } from '../tick/delete-old-conflicts.js'
import { HOUR_MS } from '../time.js'
import { deleteOldDeliveries } from '../webhook/delete-old-deliveries.js'
import { deleteOldRounds } from '../round/delete-old-rounds.js'
import { dropPartitions, ensurePartitions } from '../store/partitions.js'

/** Keeps house once an hour: partitions ahead and behind, and what has expired. Returns the way to stop. */
export function startJobs(parts: Pick<Parts, 'store' | 'clock' | 'log' | 'settings'>): { close(): Promise<void> } {
  const { clock, log } = parts
  let cancel: () => void = () => undefined
  let working: Promise<void> = Promise.resolve()
  const again = () => {
    cancel = clock.at(clock.now() + HOUR_MS, () => {
      working = keepHouse(parts).catch((error: unknown) => log.error({ error }, 'the hourly housekeeping failed'))
      again()
    })
  }
  again()
  return {
    async close() {
      cancel()
      await working
    },
  }
}

/** Makes partitions ahead, drops those past their retention, and deletes sessions and challenges that have expired. */
export async function keepHouse({
  store,
  clock,
  log,
  settings,
}: Pick<Parts, 'store' | 'clock' | 'log' | 'settings'>): Promise<void> {
  const now = clock.now()
  await ensurePartitions(store, now)
  // Before its ticks: what proves nothing any more is gone first.
  await deleteOldConflicts({ store, clock, settings })
  const dropped = await dropPartitions(store, now, {
    ticks: settings.tickRetentionDays,
    verdicts: settings.verdictRetentionDays,
    rollups: settings.rollupRetentionDays,
  })
  if (dropped.length > 0) log.info({ dropped }, 'partitions past their retention dropped')
  const expired = { where: { expiresAt: { lt: new Date(now) } } }
  await store.prisma.usedChallenge.deleteMany(expired)
  await store.prisma.validatorSession.deleteMany(expired)
  await store.prisma.apiToken.deleteMany(expired)
  await deleteOldRounds({ store, clock, settings })
  await deleteOldDeliveries({ store, clock })
}
