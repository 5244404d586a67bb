import type { ReportEvent } from '../agent-event.js'

export interface Places {
  /** How many checks may run at once now. */
  count(): number
  /** A check that began at this steady instant met a limit of the machine. */
  noteLimit(startedAt: number): void
  noteRun(): void
  /** Whether a limit was met a short while ago. */
  isAtLimit(): boolean
}

export interface PlacesParts {
  /** As the operator sets it. */
  wanted: number
  /** What the machine bears; `null` where it does not tell. */
  borne: number | null
  report: ReportEvent
  steady?: () => number
}

/** As long as a check by its default. */
const SHORT_WHILE_MS = 10_000
const FEWER_FILES =
  'The limit of open files allows no more checks at once: raise it (ulimit -n, or LimitNOFILE of the service), or lower --concurrency.'
const FEWER = 'This machine met a limit of its own: it runs fewer checks at once until that is over.'
const AS_BEFORE = 'This machine bears as many checks at once as before.'

/** Halved when the machine meets a limit; a short while later one more after each full set of checks that met none. */
export function createPlaces({ wanted, borne, report, steady = () => performance.now() }: PlacesParts): Places {
  const most = Math.min(wanted, borne ?? wanted)
  let present = most
  let halvedAt = -Infinity
  let metAt = -Infinity
  let wellCount = 0

  const isAtLimit = () => steady() - metAt < SHORT_WHILE_MS
  if (most < wanted) report({ event: 'CONCURRENCY', from: wanted, to: most, message: FEWER_FILES })
  return {
    count: () => present,
    noteLimit(startedAt) {
      metAt = steady()
      wellCount = 0
      // The others that ran at the time say the same.
      if (startedAt < halvedAt || present === 1) return
      halvedAt = metAt
      const before = present
      present = Math.max(1, Math.floor(present / 2))
      if (before === most) report({ event: 'CONCURRENCY', from: before, to: present, message: FEWER })
    },
    noteRun() {
      if (present === most || isAtLimit()) return
      wellCount += 1
      if (wellCount < present) return
      wellCount = 0
      present += 1
      if (present === most) report({ event: 'CONCURRENCY', from: present - 1, to: most, message: AS_BEFORE })
    },
    isAtLimit,
  }
}
