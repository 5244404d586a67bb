import { MINUTE_MS } from '../../time.js'
import { MARKS_MAX } from './limits.js'

/** What can fail behind this machine: its IPv4, its IPv6, its name servers. */
export const LINES = ['V4', 'V6', 'NAMES'] as const
export type LineName = (typeof LINES)[number]

/** A host's sign of life. Instants are steady. */
export interface Mark {
  host: string
  /** Empty where none matters. */
  address: string
  at: number
  /** Since when the line must have been alive. */
  since: number
}

export type IsOther = (host: string, address: string) => boolean

/** Whether it leads anywhere, and when it did not. */
export interface Line {
  mark(mark: Mark): void
  /** A host that counts does not answer: nothing has come since the last mark. */
  breakOff(): void
  /** Packets between were lost. */
  lose(from: number, to: number): void
  /** Another network: what was learnt is forgotten, and what was under way between the two instants is lost. */
  forget(from: number, to: number): void
  isDead(): boolean
  /** Whether a silence touches a time in which nothing came, of which `edgeMs` at its end do not count. */
  touchesDead(from: number, to: number, edgeMs: number): boolean
  /** Since this network was joined. */
  aliveAt(): number | null
  latestOf(isOther: IsOther): number | null
}

const DEAD_KEPT_MS = 10 * MINUTE_MS

export function createLine(): Line {
  const marks = new Map<string, Mark>()
  let dead: { from: number; to: number }[] = []
  let deadFrom: number | null = null
  let aliveAt: number | null = null
  let joinedAt = 0

  function endDead(to: number, now: number): void {
    if (deadFrom !== null) dead.push({ from: deadFrom, to: Math.max(deadFrom, to) })
    deadFrom = null
    dead = dead.filter((interval) => interval.to > now - DEAD_KEPT_MS)
  }
  return {
    mark(mark) {
      if (deadFrom !== null) endDead(mark.since, mark.at)
      aliveAt = mark.at
      // Again at the end: the map is in the order of the last signs.
      marks.delete(mark.host)
      marks.set(mark.host, mark)
      if (marks.size > MARKS_MAX) for (const host of [...marks.keys()].slice(0, 1)) marks.delete(host)
    },
    breakOff() {
      deadFrom ??= aliveAt ?? joinedAt
    },
    lose: (from, to) => void dead.push({ from, to }),
    forget(from, to) {
      endDead(to, to)
      dead.push({ from, to })
      marks.clear()
      aliveAt = null
      joinedAt = to
    },
    isDead: () => deadFrom !== null,
    touchesDead: (from, to, edgeMs) =>
      (deadFrom !== null && deadFrom < to) ||
      dead.some((interval) => interval.from < to && interval.to - edgeMs > from),
    aliveAt: () => aliveAt,
    latestOf(isOther) {
      let latest: number | null = null
      for (const { host, address, at } of marks.values()) if (isOther(host, address)) latest = at
      return latest
    },
  }
}
