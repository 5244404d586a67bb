import { LOCKS } from '../store/locks.js'
import { OWNERSHIP_RECHECK_BATCHES_MAX, OWNERSHIP_RECHECK_LOOK_MS, OWNERSHIP_RECHECKS_PER_BATCH } from './limits.js'
import { recheckProofs, type RecheckParts } from './recheck-proofs.js'

/** Looks again at what is due, every few minutes and some at a time, until it is closed; so the day's looks are spread. */
export function keepProofs(parts: RecheckParts): { close(): Promise<void> } {
  const { store, clock, log, ownershipProver } = parts
  const stop = new AbortController()
  let working: Promise<void> = Promise.resolve()
  let cancel: () => void = () => undefined
  const work = async () => {
    for (let batch = 0; batch < OWNERSHIP_RECHECK_BATCHES_MAX && !stop.signal.aborted; batch++) {
      const count = await store.exclusively(LOCKS.OWNERSHIP, () => recheckProofs(parts))
      if (count < OWNERSHIP_RECHECKS_PER_BATCH) return
    }
  }
  const again = () => {
    if (stop.signal.aborted) return
    cancel = clock.at(clock.now() + OWNERSHIP_RECHECK_LOOK_MS, () => {
      working = work()
        .catch((error: unknown) => log.error({ error }, 'looking again at proofs of ownership failed'))
        .then(again)
    })
  }
  again()
  return {
    async close() {
      stop.abort()
      cancel()
      await ownershipProver.close()
      await working
    },
  }
}
