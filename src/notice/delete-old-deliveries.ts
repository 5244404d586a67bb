import type { Parts } from '../parts.js'
import { DAY_MS } from '../time.js'

const KEPT_MS = 30 * DAY_MS
const BATCH_MAX = 500

/** Deletes old deliveries with their attempts, in small batches. Returns how many. */
export async function deleteOldDeliveries({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<number> {
  let deletedCount = 0
  for (;;) {
    const deleted = await store.sql.query<{ id: string }>(
      `DELETE FROM "Delivery" WHERE id IN (
         SELECT id FROM "Delivery" WHERE "createdAt" < $1 LIMIT $2) RETURNING id`,
      [new Date(clock.now() - KEPT_MS), BATCH_MAX],
    )
    deletedCount += deleted.length
    if (deleted.length < BATCH_MAX) return deletedCount
  }
}
