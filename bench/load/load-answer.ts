/** What the bench sends to the load generator. */
export type LoadCommand =
  | { do: 'connect'; to: 'hub' | 'baseline'; url: string; validators: number; hold: Hold }
  | { do: 'echo'; url: string; sockets: number; inFlight: number; forMs: number }
  /** Resolves when every validator has got this many tasks since the last `forget`. */
  | { do: 'await-tasks'; each: number }
  | { do: 'hold'; hold: Hold }
  /** Signs the kept tasks in advance. Null means one tick a message. */
  | { do: 'sign'; batch: number | null }
  /** Unanswered messages for each validator, or all at once. */
  | { do: 'submit'; inFlight: number | 'ALL'; forMs: number }
  /** Over all validators, whether earlier ones are answered or not. */
  | { do: 'submit-paced'; perSecond: number; forMs: number }
  | { do: 'forget' }
  | { do: 'close' }

/** For incoming tasks: count them, count them by website, or keep them to be answered. */
export type Hold = 'COUNT' | 'TALLY' | 'KEEP'

export interface Delivery {
  tasks: number
  /** Pairs of validator and website with exactly one task, and with more. */
  once: number
  repeated: number
}

export interface Submitted {
  /** Ticks that the hub said it has stored. */
  accepted: number
  /** Ticks that it refused for good. */
  refused: number
  /** Messages that it asked to be sent again. */
  retried: number
  elapsedMs: number
  /** From when a message was due to its answer. */
  p50Ms: number
  p99Ms: number
}
