import type { Parts } from '../parts.js'
import { type ChangedIncident, endStopped } from './end-stopped.js'
import { findChangedIncidents } from './find-changed-incidents.js'

export interface IncidentKeeper {
  /** Resolves when what is under way is done. */
  close(): Promise<void>
}

/** Ends the incidents of websites that are disabled or deleted, and publishes what each round changed, until closed. */
export async function keepIncidents(parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'log'>): Promise<IncidentKeeper> {
  const { store, bus, log } = parts
  const working = new Set<Promise<void>>()
  /** One that waits will see every change committed by then. */
  let waiting = false

  const tell = (changed: readonly ChangedIncident[]) => {
    for (const incident of changed) bus.publish('incidentChanged', incident)
  }
  const work = (task: () => Promise<void>, failure: string) => {
    const done = task().catch((error: unknown) => log.error({ error }, failure))
    working.add(done)
    void done.finally(() => working.delete(done))
  }
  const stopListening = [
    bus.subscribe('websiteChanged', ({ cause }) => {
      if ((cause !== 'UPDATED' && cause !== 'DELETED') || waiting) return
      waiting = true
      const before = Promise.all(working)
      work(async () => {
        await before
        waiting = false
        tell(await endStopped(parts))
      }, 'the incidents of a website that is no longer checked were not ended; the next round does it')
    }),
    bus.subscribe('roundEnded', ({ roundAt }) =>
      work(
        async () => tell(await findChangedIncidents(store, roundAt)),
        'those who follow incidents were not told of a round',
      ),
    ),
  ]
  const close = async () => {
    for (const stop of stopListening) stop()
    await Promise.all(working)
  }
  try {
    tell(await endStopped(parts))
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}
