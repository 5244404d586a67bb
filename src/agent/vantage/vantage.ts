import type { DialSigns } from '../../dial/dial-signs.js'
import type { ReportEvent } from '../agent-event.js'
import type { Abstained } from '../check/abstained.js'
import type { Measured } from '../check/check-outcome.js'
import type { TargetPolicy } from '../check/target-policy.js'
import type { Beacon } from './beacon.js'

export interface VantageParts {
  beacons: readonly Beacon[]
  policy: TargetPolicy
  userAgent: string
  report: ReportEvent
}

/** The network as it is seen from here. */
export interface Vantage {
  /** Once for each check, before it begins. */
  watch(task: WatchedTask): CheckWatch
  close(): void
}

export interface WatchedTask {
  url: string
  roundAt: number
}

export interface CheckWatch {
  /** What `dial/` tells while the check runs. */
  readonly signs: DialSigns
  /** Null: it stands. May wait for evidence until the steady instant `until`. Called once, or `end` is. */
  judge(outcome: Measured, until: number): Promise<Abstained | null>
  end(): void
}

export function createVantage(_parts: VantageParts): Vantage {
  return { watch: () => ({ signs: {}, judge: async () => null, end() {} }), close() {} }
}
