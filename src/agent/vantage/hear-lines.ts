import type { BeaconDesk, BeaconReply } from './beacon-desk.js'
import { LATE_MS } from './limits.js'
import type { Line, LineName } from './line.js'

/** What the answers of beacons, and their silence, say of a line. Instants are steady. */
export interface LineHearing {
  hear(name: LineName, reply: BeaconReply, now: number): void
  /** Their silence means something: they have answered here, or websites have and no beacon was asked meanwhile. */
  counts(name: LineName): boolean
  /** This process stood still: what beacons did not answer meanwhile says nothing. */
  lag(at: number): void
  /** Another network: what counted goes on to count until the line has shown a sign of life in it. */
  forget(name: LineName): void
}

export function hearLines(
  lines: Readonly<Record<LineName, Line>>,
  desk: () => Pick<BeaconDesk, 'counts' | 'has'>,
): LineHearing {
  /** They were silent while the line was alive, so they are out of reach from here. */
  const inVain = new Set<LineName>()
  const countedBefore = new Set<LineName>()
  let lagAt = -Infinity
  const wasAlive = (name: LineName) => lines[name].aliveAt() !== null || countedBefore.has(name)
  const counts = (name: LineName) => desk().counts(name) || (desk().has(name) && wasAlive(name) && !inVain.has(name))
  return {
    counts,
    lag: (at) => void (lagAt = at),
    forget(name) {
      if (counts(name)) countedBefore.add(name)
      else countedBefore.delete(name)
      inVain.delete(name)
    },
    hear(name, { answer, startedAt }, now) {
      if (lagAt >= startedAt) return
      const line = lines[name]
      if (answer === 'SILENT') {
        const isAlive = (line.aliveAt() ?? -Infinity) >= startedAt
        if (!isAlive && counts(name)) line.breakOff()
        if (isAlive && !desk().counts(name)) inVain.add(name)
        return
      }
      inVain.delete(name)
      // Its first packet was lost, as those of others were.
      if (name !== 'NAMES' && now - startedAt >= LATE_MS) line.lose(startedAt, now)
    },
  }
}
