import type { Parts } from '../parts.js'
import type { Callback } from '../round/callback-id.js'
import { compareStored } from './compare-stored.js'
import { countLate } from './count-late.js'
import { findSealed } from './find-sealed.js'
import { storeTicks } from './store-ticks.js'
import type { SoundTick, StoredOutcome } from './submission.js'

/** Serialisation failures and deadlocks: the other one is through by now. */
const RETRIED_STATES = new Set(['40001', '40P01'])
const ATTEMPTS_MAX = 3
/** Classes of SQLSTATE that blame the data: 22 data exception, 23 integrity violation. */
const DATA_FAULT = /^2[23]/

type CommitParts = Pick<Parts, 'store' | 'settings' | 'log'>

/** Commits ticks of any number of submissions together. @throws when none of them may be taken for stored. */
export async function commitTicks(
  parts: CommitParts,
  ticks: readonly SoundTick[],
): Promise<Map<SoundTick, StoredOutcome>> {
  const outcomes = new Map<SoundTick, StoredOutcome>()
  const first = firstInTime(ticks)
  await storeHalving(parts, [...first.values()], outcomes)
  const rivals = ticks.filter((tick) => !outcomes.has(tick))
  const answers = await compareStored(parts.store.sql, rivals)
  const absent = rivals.filter((_rival, index) => answers[index] === 'NONE')
  const sealed = await findSealed(parts.store.sql, absent)
  for (const [index, rival] of rivals.entries()) {
    const winner = first.get(nameOf(rival.callback))
    const isOver = rival.late || sealed.has(rival.callback.roundAt)
    outcomes.set(rival, judgeRival(answers[index] ?? 'NONE', isOver, winner && outcomes.get(winner)))
  }
  await noteLate(
    parts,
    absent.filter((rival) => outcomes.get(rival) === 'LATE'),
  )
  return outcomes
}

/** A mere count must not cost the others of the commit their word that they are stored. */
async function noteLate({ store, log }: CommitParts, ticks: readonly SoundTick[]): Promise<void> {
  try {
    await countLate(store.sql, ticks)
  } catch (error) {
    log.error({ error }, 'late answers could not be counted')
  }
}

function judgeRival(
  stored: 'SAME' | 'OTHER' | 'NONE',
  isOver: boolean,
  winner: StoredOutcome | undefined,
): StoredOutcome {
  if (stored === 'SAME') return 'REPEATED'
  if (stored === 'OTHER') return 'CONFLICT'
  if (isOver) return 'LATE'
  // It must not cost the others of the commit their word that they are stored.
  if (winner === 'UNSTORABLE') return 'UNSTORABLE'
  // Not inserted and not there: the row it gave way to was rolled back or its partition dropped in between.
  throw new Error('a tick was neither stored nor found')
}

/** Of the ticks that came in time, the first for each callback: the others are measured against it. */
function firstInTime(ticks: readonly SoundTick[]): ReadonlyMap<string, SoundTick> {
  const first = new Map<string, SoundTick>()
  for (const tick of ticks) {
    const callback = nameOf(tick.callback)
    if (!tick.late && !first.has(callback)) first.set(callback, tick)
  }
  return first
}

function nameOf({ websiteNo, roundAt, validatorNo }: Callback): string {
  return `${websiteNo}/${roundAt}/${validatorNo}`
}

/** One row that the database will not have must not cost the others: it is halved out. */
async function storeHalving(
  parts: CommitParts,
  ticks: readonly SoundTick[],
  outcomes: Map<SoundTick, StoredOutcome>,
): Promise<void> {
  try {
    for (const tick of await storeRetrying(parts, ticks)) outcomes.set(tick, 'STORED')
  } catch (error) {
    if (!DATA_FAULT.test(sqlState(error))) throw error
    if (ticks.length === 1 && ticks[0]) {
      parts.log.error({ error, callback: ticks[0].callback }, 'a tick that passed every check could not be stored')
      outcomes.set(ticks[0], 'UNSTORABLE')
      return
    }
    const middle = Math.ceil(ticks.length / 2)
    await storeHalving(parts, ticks.slice(0, middle), outcomes)
    await storeHalving(parts, ticks.slice(middle), outcomes)
  }
}

async function storeRetrying({ store, settings }: CommitParts, ticks: readonly SoundTick[]): Promise<SoundTick[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await storeTicks(store.sql, ticks, settings.tickRewardLamports)
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !RETRIED_STATES.has(sqlState(error))) throw error
    }
  }
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
