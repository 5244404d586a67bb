import { coveredMsOf, maintenanceMsOf, type Tally } from './tally.js'

const RATIO_DECIMALS = 1_000_000

/** What a stretch of time holds, in milliseconds; the kinds add up to its length. */
export interface Times {
  goodMs: number
  badMs: number
  inconclusiveMs: number
  maintenanceMs: number
  maintenanceGoodMs: number
  maintenanceBadMs: number
  /** Enabled, and no verdict stands for it. */
  missingMs: number
  /** Not enabled, and no verdict stands for it. */
  disabledMs: number
}

/** What of it counts as up and as down; the rest counts as neither. */
export interface Counted {
  upMs: number
  downMs: number
}

export interface AccountingMethod {
  /** Name and version. Another formula gets another name. */
  name: string
  count(times: Times): Counted
}

export type AccountingMethodName = 'OBSERVED' | 'WITH_MAINTENANCE' | 'STRICT'

/** The ways to count uptime. docs/verdicts.md says them in words, and its examples are run. */
export const ACCOUNTING_METHODS: Readonly<Record<AccountingMethodName, AccountingMethod>> = {
  OBSERVED: {
    name: 'observed-v1',
    count: ({ goodMs, badMs }) => ({ upMs: goodMs, downMs: badMs }),
  },
  WITH_MAINTENANCE: {
    name: 'with-maintenance-v1',
    count: ({ goodMs, badMs, maintenanceGoodMs, maintenanceBadMs }) => ({
      upMs: goodMs + maintenanceGoodMs,
      downMs: badMs + maintenanceBadMs,
    }),
  },
  STRICT: {
    name: 'strict-v1',
    count: ({ goodMs, badMs, inconclusiveMs, missingMs }) => ({
      upMs: goodMs,
      downMs: badMs + inconclusiveMs + missingMs,
    }),
  },
}

/** Tells time without a verdict apart. A verdict may stand for some moments after its website was disabled. */
export function timesOf(tally: Tally, { lengthMs, notEnabledMs }: { lengthMs: number; notEnabledMs: number }): Times {
  const uncoveredMs = lengthMs - coveredMsOf(tally)
  const disabledMs = Math.min(notEnabledMs, uncoveredMs)
  const { goodMs, badMs, inconclusiveMs, maintenanceGoodMs, maintenanceBadMs } = tally
  const maintenanceMs = maintenanceMsOf(tally)
  const missingMs = uncoveredMs - disabledMs
  return { goodMs, badMs, inconclusiveMs, maintenanceMs, maintenanceGoodMs, maintenanceBadMs, missingMs, disabledMs }
}

/** Up ÷ (up + down), floored to six decimals: one failure in any time is never shown as 1. Null when nothing counts. */
export function uptimeRatio({ upMs, downMs }: Counted): number | null {
  if (upMs + downMs === 0) return null
  // In whole numbers: a division would round first.
  return Number((BigInt(upMs) * BigInt(RATIO_DECIMALS)) / BigInt(upMs + downMs)) / RATIO_DECIMALS
}
