import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Bench, Stage } from './bench.js'

export interface Stored {
  ticks: number
  /** Rewards owed to the validators: one for each stored tick. */
  rewards: number
}

const REWARD_LAMPORTS = 100
const COUNT = `SELECT (SELECT count(*) FROM "WebsiteTick")::int AS ticks,
  (SELECT coalesce(sum("pendingPayouts"), 0) FROM "Validator")::float8 / ${REWARD_LAMPORTS} AS rewards`

/** On PGlite only once its hub has stopped: one process at a time may use the folder. */
export async function countStored(bench: Bench, { hub, load, databaseUrl }: Stage): Promise<Stored> {
  if (databaseUrl !== null) return first((await bench.cluster?.query<Stored>(databaseUrl, COUNT)) ?? [])
  await load.close()
  await hub.stop()
  const database = await PGlite.create(path.join(hub.dataDir, 'pglite'))
  try {
    return first((await database.query<Stored>(COUNT)).rows)
  } finally {
    await database.close()
  }
}

function first([stored]: readonly Stored[]): Stored {
  if (!stored) throw new Error('the database did not count')
  return stored
}

/** Compares what is stored with what the validators were told. */
export function checkStored(
  bench: Bench,
  scenario: string,
  stored: Stored,
  told: { accepted: number; refused: number },
): void {
  const { ticks, rewards } = stored
  const { accepted, refused } = told
  if (ticks === accepted && rewards === accepted && refused === 0) return
  bench.report.faults.push(
    `${scenario}: ${accepted} ticks accepted and ${refused} refused, ${ticks} stored, ${rewards} paid`,
  )
}
