import type { FailureClass } from '../../protocol/tick.js'

export interface Failed {
  kind: 'failed'
  failure: FailureClass
  /** `null` where the class says it all. */
  detail: string | null
}

export function failed(failure: FailureClass, detail: string | null): Failed {
  return { kind: 'failed', failure, detail }
}
