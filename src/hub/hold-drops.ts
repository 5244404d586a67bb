import { NETWORK_CLOCKS_OFF_MAX_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import type { ClockJumps } from '../round/clock-jumps.js'
import { compareClocks } from '../tick/compare-clocks.js'
import { describeSpan } from './describe-span.js'

/** Whether old data may be dropped by the hub's clock. */
export interface DropHold {
  /** Looks at the clock anew. */
  mayDrop(): Promise<boolean>
  /** What was found last. */
  found(): { isHeld: boolean; offMs: number | null; note: string | null }
}

export function createDropHold({ store, log }: Pick<Parts, 'store' | 'log'>, jumps: ClockJumps): DropHold {
  let found: ReturnType<DropHold['found']> = { isHeld: false, offMs: null, note: null }
  return {
    found: () => found,
    async mayDrop() {
      await jumps.look()
      const offMs = (await jumps.isHeld()) ? await compareClocks(store.sql) : null
      const isOff = offMs !== null && Math.abs(offMs) > NETWORK_CLOCKS_OFF_MAX_MS
      if (!isOff) await jumps.trustOld()
      const isHeld = await jumps.isHeld()
      found = { isHeld, offMs, note: isHeld ? noteOf(isOff ? offMs : null) : null }
      if (isOff) log.error({ offMs }, found.note ?? '')
      return !isHeld
    },
  }
}

function noteOf(offMs: number | null): string {
  if (offMs === null) {
    return 'The clock went far ahead since the last closed round, so nothing is dropped until the hub has run for 24 hours; if the clock is right, overlaps operator trust-clock ends that.'
  }
  const where = offMs < 0 ? 'ahead of' : 'behind'
  return `This machine's clock is ${describeSpan(Math.abs(offMs))} ${where} those of validators in most networks, so nothing is dropped: set it right, or run overlaps operator trust-clock if it is right.`
}
