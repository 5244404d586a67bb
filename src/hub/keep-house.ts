import type { DropHold } from './hold-drops.js'
import { deleteExpiredTokens } from '../owner/delete-expired-tokens.js'
import type { Parts } from '../parts.js'
import { repeat, type Repeated } from '../repeat.js'
import { deleteOldRounds } from '../round/delete-old-rounds.js'
import { dropOldPartitions, makePartitions } from '../store/keep-partitions.js'
import { deleteOldConflicts } from '../tick/delete-old-conflicts.js'
import { HOUR_MS } from '../time.js'
import { deleteExpiredSessions } from '../validator/delete-expired-sessions.js'
import { deleteOldDeliveries } from '../notice/delete-old-deliveries.js'

type HouseParts = Pick<Parts, 'store' | 'clock' | 'log' | 'settings'> & { dropHold: Pick<DropHold, 'mayDrop'> }

const DELETIONS: readonly ((parts: HouseParts) => Promise<unknown>)[] = [
  // Before the ticks go that conflicts need as proof.
  deleteOldConflicts,
  dropOldPartitions,
  deleteExpiredSessions,
  deleteExpiredTokens,
  deleteOldRounds,
  deleteOldDeliveries,
]

export async function keepHouse(parts: HouseParts): Promise<void> {
  await makePartitions(parts)
  // What a wrong clock takes for old is not.
  if (!(await parts.dropHold.mayDrop())) return
  for (const deleteOld of DELETIONS) await deleteOld(parts)
}

export async function keepHouseHourly(parts: HouseParts): Promise<Repeated> {
  await keepHouse(parts)
  return repeat(
    parts.clock,
    HOUR_MS,
    () => keepHouse(parts),
    (error) => parts.log.error({ error }, 'the hourly housekeeping failed'),
  )
}
