import type { Clock } from '../clock.js'
import { CLOCK_OFF_MAX_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import { describeSpan } from './describe-span.js'

/** Reads the time of the database's machine, in Unix milliseconds; null where that is the hub's own. */
export type ReadDatabaseTime = () => Promise<number | null>

export function createReadDatabaseTime({ store }: Pick<Parts, 'store'>): ReadDatabaseTime {
  return async () => {
    if (store.kind === 'pglite') return null
    const [row] = await store.sql.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    return row?.now.getTime() ?? null
  }
}

const NEWEST = `SELECT max(greatest("roundAt", "sealedAt")) AS at FROM "Round" WHERE "sealedAt" IS NOT NULL AND NOT "outOfOrder"`

/** What is wrong with a machine's clock and what to do, in one sentence; null when nothing is. */
export async function findClockFault(
  { store, machine }: Pick<Parts, 'store'> & { machine: Pick<Clock, 'now'> },
  readDatabaseTime: ReadDatabaseTime,
): Promise<string | null> {
  const askedAt = machine.now()
  const databaseNow = await readDatabaseTime()
  const now = machine.now()
  if (databaseNow !== null) {
    // Within the time that asking took nothing can be told.
    const offMs = databaseNow < askedAt ? askedAt - databaseNow : Math.max(0, databaseNow - now)
    if (offMs > CLOCK_OFF_MAX_MS) {
      const where = databaseNow < askedAt ? 'ahead of' : 'behind'
      return `This machine's clock is ${describeSpan(offMs)} ${where} PostgreSQL's: set both by the same time server.`
    }
  }
  const [row] = await store.sql.query<{ at: Date | null }>(NEWEST)
  const behindMs = (row?.at?.getTime() ?? 0) - now
  if (behindMs <= CLOCK_OFF_MAX_MS) return null
  return `This machine's clock is ${describeSpan(behindMs)} behind the newest closed round: set it right; if it is right and was ahead before, run overlaps operator drop-future-rounds.`
}
