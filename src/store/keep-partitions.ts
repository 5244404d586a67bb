import type { Parts } from '../parts.js'
import { dropPartitions, ensurePartitions } from './partitions.js'

export async function makePartitions({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<void> {
  await ensurePartitions(store, clock.now())
}

export async function dropOldPartitions({
  store,
  clock,
  log,
  settings,
}: Pick<Parts, 'store' | 'clock' | 'log' | 'settings'>): Promise<void> {
  const dropped = await dropPartitions(store, clock.now(), {
    ticks: settings.tickRetentionDays,
    verdicts: settings.verdictRetentionDays,
    rollups: settings.rollupRetentionDays,
  })
  if (dropped.length > 0) log.info({ dropped }, 'partitions past their retention dropped')
}
