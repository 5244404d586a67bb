import { repeat, type Repeated } from '../repeat.js'
import { LOCKS } from '../store/locks.js'
import { OWNERSHIP_RECHECK_BATCHES_MAX, OWNERSHIP_RECHECK_LOOK_MS, OWNERSHIP_RECHECKS_PER_BATCH } from './limits.js'
import { recheckProofs, type RecheckParts } from './recheck-proofs.js'

/** Rechecks due proofs every few minutes, some at a time, so that a day's looks are spread. */
export function keepProofs(parts: RecheckParts): Repeated {
  const { store, clock, log, ownershipProver } = parts
  const recheckDue = async (stop: AbortSignal) => {
    for (let batch = 0; batch < OWNERSHIP_RECHECK_BATCHES_MAX && !stop.aborted; batch++) {
      const count = await store.exclusively(LOCKS.OWNERSHIP, () => recheckProofs(parts))
      if (count < OWNERSHIP_RECHECKS_PER_BATCH) return
    }
  }
  const rechecking = repeat(clock, OWNERSHIP_RECHECK_LOOK_MS, recheckDue, (error) =>
    log.error({ error }, 'looking again at proofs of ownership failed'),
  )
  return {
    async close() {
      const closed = rechecking.close()
      await ownershipProver.close()
      await closed
    },
  }
}
