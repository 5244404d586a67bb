/** What the bench tells the load generator. */
export type LoadCommand =
  | { do: 'connect'; to: 'hub' | 'baseline'; url: string; validators: number; hold: Hold }
  | { do: 'echo'; url: string; sockets: number; inFlight: number; forMs: number }
  /** Ends when every validator has been given so many tasks since it was last told to forget. */
  | { do: 'await-tasks'; each: number }
  | { do: 'hold'; hold: Hold }
  /** Signs what is held, ahead of time. With null one tick a message. */
  | { do: 'sign'; batch: number | null }
  /** With so many unanswered messages a validator, or all of them at once. */
  | { do: 'submit'; inFlight: number | 'ALL'; forMs: number }
  /** So many messages a second over all validators, whether those before are answered or not. */
  | { do: 'submit-paced'; perSecond: number; forMs: number }
  | { do: 'forget' }
  | { do: 'close' }

/** What to do with tasks that come: count them, count them by website, or keep them to be answered. */
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
