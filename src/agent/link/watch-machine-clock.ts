import { SECOND_MS } from '../../time.js'
import type { ReportEvent } from '../agent-event.js'
import type { HubClock } from './hub-clock.js'

const OFF_FROM_MS = 5 * SECOND_MS

export interface MachineClockWatch {
  /** Whether there is something to tell. After a sleep it seems so until the hub has been asked. */
  hasNews(): boolean
  /** Tells that the machine's clock is off, again when it is off by another amount, and when it is right again. */
  tell(): void
}

export function watchMachineClock(clock: Pick<HubClock, 'aheadMs'>, report: ReportEvent): MachineClockWatch {
  /** 0 for a clock that is right. */
  let toldMs = 0
  const look = () => {
    const aheadMs = clock.aheadMs()
    const isOff = Math.abs(aheadMs) > OFF_FROM_MS
    const isNews = isOff ? toldMs === 0 || Math.abs(aheadMs - toldMs) > OFF_FROM_MS : toldMs !== 0
    return { aheadMs, isOff, isNews }
  }
  return {
    hasNews: () => look().isNews,
    tell() {
      const { aheadMs: hubAheadMs, isOff, isNews } = look()
      if (!isNews) return
      toldMs = isOff ? hubAheadMs : 0
      report({ event: isOff ? 'CLOCK_OFF' : 'CLOCK_RIGHT', hubAheadMs })
    },
  }
}
