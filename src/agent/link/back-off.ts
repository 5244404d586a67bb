import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../time.js'
import type { HubFault, HubFaultKind } from './hub-fault.js'

/** In milliseconds: at least `least`, then at random up to a bound that doubles from `first` to `most`. */
interface Pace {
  least: number
  first: number
  most: number
}

const PACES: Record<HubFaultKind, Pace> = {
  UNREACHABLE: { least: 0, first: SECOND_MS / 2, most: 30 * SECOND_MS },
  RESTARTING: { least: SECOND_MS / 4, first: SECOND_MS, most: 10 * SECOND_MS },
  BUSY: { least: SECOND_MS, first: 4 * SECOND_MS, most: 2 * MINUTE_MS },
  SESSION_ENDED: { least: 0, first: SECOND_MS / 4, most: 10 * SECOND_MS },
  NOT_A_HUB: { least: 5 * SECOND_MS, first: 5 * SECOND_MS, most: 5 * MINUTE_MS },
  WRONG_HUB: { least: 15 * SECOND_MS, first: 15 * SECOND_MS, most: 10 * MINUTE_MS },
  UNTRUSTED: { least: 0, first: SECOND_MS, most: MINUTE_MS },
  PROXY_REFUSED: { least: 5 * SECOND_MS, first: 5 * SECOND_MS, most: 5 * MINUTE_MS },
  BANNED: { least: 5 * MINUTE_MS, first: 5 * MINUTE_MS, most: HOUR_MS },
  PROTOCOL_TOO_OLD: { least: 30 * MINUTE_MS, first: 30 * MINUTE_MS, most: 6 * HOUR_MS },
  REFUSED: { least: 30 * SECOND_MS, first: 30 * SECOND_MS, most: 30 * MINUTE_MS },
}
/** Answers wait too, but no longer than leaves them a chance before their deadline. */
const SUBMISSION_PACE: Pace = { least: SECOND_MS / 4, first: SECOND_MS, most: 8 * SECOND_MS }

/** Full jitter, so that a fleet that lost its hub in one moment does not come back in one. `attempt` is 0 after a success. */
export function backOffMs(fault: Pick<HubFault, 'kind' | 'retryAfterMs'>, attempt: number, random: number): number {
  return (fault.retryAfterMs ?? 0) + paceMs(PACES[fault.kind], attempt, random)
}

export function submissionBackOffMs(attempt: number, random: number): number {
  return paceMs(SUBMISSION_PACE, attempt, random)
}

function paceMs({ least, first, most }: Pace, attempt: number, random: number): number {
  return Math.round(least + random * Math.min(most, first * 2 ** attempt))
}
