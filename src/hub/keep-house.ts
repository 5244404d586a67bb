import { deleteExpiredTokens } from '../owner/delete-expired-tokens.js'
import type { Parts } from '../parts.js'
import { repeat, type Repeated } from '../repeat.js'
import { deleteOldRounds } from '../round/delete-old-rounds.js'
import { dropOldPartitions, makePartitions } from '../store/keep-partitions.js'
import { deleteOldConflicts } from '../tick/delete-old-conflicts.js'
import { HOUR_MS } from '../time.js'
import { deleteExpiredSessions } from '../validator/delete-expired-sessions.js'
import { deleteOldDeliveries } from '../notice/delete-old-deliveries.js'

type HouseParts = Pick<Parts, 'store' | 'clock' | 'log' | 'settings'>

/** What rooms have done once an hour, one after the other. */
const CHORES: readonly ((parts: HouseParts) => Promise<unknown>)[] = [
  makePartitions,
  // Before its ticks: what proves nothing any more is gone first.
  deleteOldConflicts,
  dropOldPartitions,
  deleteExpiredSessions,
  deleteExpiredTokens,
  deleteOldRounds,
  deleteOldDeliveries,
]

/** Keeps house once: partitions ahead and behind, and what has expired. */
export async function keepHouse(parts: HouseParts): Promise<void> {
  for (const chore of CHORES) await chore(parts)
}

/** Keeps house now and once an hour from then on. */
export async function keepHouseHourly(parts: HouseParts): Promise<Repeated> {
  await keepHouse(parts)
  return repeat(
    parts.clock,
    HOUR_MS,
    () => keepHouse(parts),
    (error) => parts.log.error({ error }, 'the hourly housekeeping failed'),
  )
}
