import type { FailureClass } from '../../protocol/tick.js'

/** Why a check ends `Bad`. */
export interface Failed {
  kind: 'failed'
  failure: FailureClass
  /** A code of A-Z, 0-9 and _, or `null` where the class says it all. */
  detail: string | null
}

export function failed(failure: FailureClass, detail: string | null): Failed {
  return { kind: 'failed', failure, detail }
}
