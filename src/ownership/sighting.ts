/** ABSENT: no token there. PRIVATE: it leads where this hub asks nobody. STOPPED: the hub ended before an answer. */
export type Sighting = { kind: 'SEEN' } | Unseen

export interface Unseen {
  kind: 'ABSENT' | 'UNREACHABLE' | 'PRIVATE' | 'STOPPED'
  message: string
}

export const SEEN: Sighting = { kind: 'SEEN' }

export function unseen(kind: Unseen['kind'], message: string): Unseen {
  return { kind, message }
}
