/**
 * What a look for a token came to.
 * - SEEN: it is there.
 * - ABSENT: what was looked at is there and does not show it.
 * - UNREACHABLE: nothing could be looked at.
 * - PRIVATE: it leads where this hub asks nobody.
 * - STOPPED: the hub ended before there was an answer.
 */
export type Sighting = { kind: 'SEEN' } | Unseen

export interface Unseen {
  kind: 'ABSENT' | 'UNREACHABLE' | 'PRIVATE' | 'STOPPED'
  /** What was looked for, where, and what was found instead, for the owner. */
  message: string
}

export const SEEN: Sighting = { kind: 'SEEN' }

export function unseen(kind: Unseen['kind'], message: string): Unseen {
  return { kind, message }
}
