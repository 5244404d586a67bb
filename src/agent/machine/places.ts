import { SECOND_MS } from '../../time.js'
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
  /** What the limit of open files bears now; `null` where the system does not tell. */
  readBorne(): number | null
  report: ReportEvent
  steady?: () => number
}

/** As long as a check by its default. */
const SHORT_WHILE_MS = 10_000
const FEWER_FILES =
  'The limit of open files allows no more checks at once: raise it (ulimit -n, or LimitNOFILE of the service), or lower --concurrency.'
const FEWER = 'This machine met a limit of its own: it runs fewer checks at once until that is over.'
const AS_BEFORE = 'This machine bears as many checks at once as before.'

/** Halved when the machine meets a limit; doubled after each full set of checks that met none, or as before when the limit of files is. */
export function createPlaces({ wanted, readBorne, report, steady = () => performance.now() }: PlacesParts): Places {
  const most = Math.min(wanted, readBorne() ?? wanted)
  let present = most
  let halvedAt = -Infinity
  let metAt = -Infinity
  let readAt = -Infinity
  let wellCount = 0
  let isOfFiles = false

  const isAtLimit = () => steady() - metAt < SHORT_WHILE_MS
  const bearsAll = () => (readBorne() ?? most) >= most
  const grow = (count: number) => {
    wellCount = 0
    const before = present
    present = Math.min(most, count)
    if (present === most) report({ event: 'CONCURRENCY', from: before, to: most, message: AS_BEFORE })
  }
  /** Reading it costs a little. */
  function areFilesAsBefore(): boolean {
    if (!isOfFiles || steady() - readAt < SECOND_MS) return false
    readAt = steady()
    return bearsAll()
  }
  if (most < wanted) report({ event: 'CONCURRENCY', from: wanted, to: most, message: FEWER_FILES })
  return {
    count: () => present,
    noteLimit(startedAt) {
      metAt = steady()
      wellCount = 0
      // The others that ran at the time say the same.
      if (startedAt < halvedAt || present === 1) return
      halvedAt = metAt
      isOfFiles = !bearsAll()
      const before = present
      present = Math.max(1, Math.floor(present / 2))
      if (before === most) report({ event: 'CONCURRENCY', from: before, to: present, message: FEWER })
    },
    noteRun() {
      if (present === most) return
      if (areFilesAsBefore()) {
        metAt = -Infinity
        grow(most)
      } else if (!isAtLimit()) {
        wellCount += 1
        if (wellCount >= present) grow(present * 2)
      }
    },
    isAtLimit,
  }
}
