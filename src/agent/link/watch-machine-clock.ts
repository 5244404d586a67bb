import { SECOND_MS } from '../../time.js'
import type { ReportEvent } from '../agent-event.js'
import type { HubClock } from './hub-clock.js'

const OFF_FROM_MS = 5 * SECOND_MS

/** Tells once that the machine's clock is off, again when it is off by another amount, and when it is right again. */
export function watchMachineClock(clock: Pick<HubClock, 'aheadMs'>, report: ReportEvent): () => void {
  let toldMs: number | null = null
  return () => {
    const hubAheadMs = clock.aheadMs()
    const isOff = Math.abs(hubAheadMs) > OFF_FROM_MS
    if (isOff && (toldMs === null || Math.abs(hubAheadMs - toldMs) > OFF_FROM_MS)) {
      toldMs = hubAheadMs
      report({ event: 'CLOCK_OFF', hubAheadMs })
    }
    if (!isOff && toldMs !== null) {
      toldMs = null
      report({ event: 'CLOCK_RIGHT', hubAheadMs })
    }
  }
}
