import type { Logger } from 'pino'
import type { Clock, MachineClock } from '../clock.js'
import { CLOCK_BEHIND_MAX_MS } from '../limits.js'
import { createSteadyClock } from '../steady-clock.js'
import type { Store } from '../store/store.js'

/** No round may begin before a sealed one, so if the machine's clock was set back, time starts where the hub was. */
export async function openClock({ sql }: Pick<Store, 'sql'>, machine: MachineClock, log: Logger): Promise<Clock> {
  const [row] = await sql.query<{ sealedAt: Date | null }>(
    'SELECT max("sealedAt") AS "sealedAt" FROM "Round" WHERE NOT "outOfOrder"',
  )
  const sealedAt = row?.sealedAt?.getTime() ?? 0
  const tell = (aheadMs: number) =>
    log.warn({ aheadMs }, "the machine's clock is behind the hub's newest round: the hub's time continues from there")
  if (sealedAt - machine.now() <= CLOCK_BEHIND_MAX_MS) return createSteadyClock(machine, sealedAt, tell)
  log.error(
    { sealedAt: new Date(sealedAt) },
    'rounds were closed far in the future, and none begins before that: set the clock right; if it is right now, run overlaps operator drop-future-rounds',
  )
  return createSteadyClock(machine, 0, tell)
}
