import type { Parts } from '../parts.js'
import { type ChangedIncident, endStopped } from './end-stopped.js'
import { findChangedIncidents } from './find-changed-incidents.js'

/** What keeps incidents and those who listen in step with websites and rounds, until it is closed. */
export interface IncidentKeeper {
  /** Resolves when what is under way is done. */
  close(): Promise<void>
}

/**
 * Ends the incidents of websites that were disabled or deleted, first those of which no hub took notice, then at once
 * as they change; and tells of the incidents that each ended round has changed. Returns the way to stop.
 */
export async function keepIncidents(parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'log'>): Promise<IncidentKeeper> {
  const { store, bus, log } = parts
  const working = new Set<Promise<void>>()
  /** A run that has not begun yet sees every change that is committed by now. */
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
