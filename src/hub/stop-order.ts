import { waitAtMost } from '../http/wait-at-most.js'

/** From whatever takes in work to what everything else needs. CONNECTIONS are the requests still running. */
export const STOP_PHASES = [
  'READINESS',
  'ROUNDS',
  'SOCKETS',
  'ANSWERS',
  'BACKGROUND',
  'CONNECTIONS',
  'DATABASE',
] as const
export type StopPhase = (typeof STOP_PHASES)[number]

/** What hung when a hub was to stop; it still holds the process. */
export class StopFault extends Error {
  override readonly name = 'StopFault'
  readonly late: readonly StopPhase[]
  constructor(late: readonly StopPhase[], withinMs: number) {
    super(
      `These parts of the hub did not stop within ${withinMs / 1_000} s and are left as they are: ${late.join(', ')}.`,
    )
    this.late = late
  }
}

type Stop = () => unknown

/** Filled while the hub starts, so that a failed start can undo what it did. */
export interface StopOrder {
  /** Within a phase, last in, first out. */
  add(phase: StopPhase, stop: Stop): void
  take(other: StopOrder): void
  stops: ReadonlyMap<StopPhase, readonly Stop[]>
  /** Runs once, however often it is called. Throws StopFault when something hangs, else the first failure. */
  stop(): Promise<void>
}

export function createStopOrder(withinMs: number): StopOrder {
  const stops = new Map<StopPhase, Stop[]>(STOP_PHASES.map((phase) => [phase, []]))
  let stopping: Promise<void> | null = null
  return {
    add: (phase, stop) => void stops.get(phase)?.unshift(stop),
    take(other) {
      for (const [phase, ofPhase] of other.stops) stops.get(phase)?.unshift(...ofPhase)
    },
    stops,
    stop: () => (stopping ??= goThrough(stops, withinMs)),
  }
}

async function goThrough(stops: ReadonlyMap<StopPhase, readonly Stop[]>, withinMs: number): Promise<void> {
  const endAt = performance.now() + withinMs
  const failures: unknown[] = []
  const late = new Set<StopPhase>()
  for (const [phase, ofPhase] of stops) {
    const work = async () => {
      late.add(phase)
      // A failure must not keep anything else open, least of all the folder's lock.
      for (const stop of ofPhase) await inOrder(stop).catch((error: unknown) => failures.push(error))
      late.delete(phase)
    }
    // Whatever hangs leaves as much time again to what comes after it.
    await waitAtMost((endAt - performance.now()) / 2, work())
  }
  if (late.size > 0) throw new StopFault([...late], withinMs)
  if (failures.length > 0) throw failures[0]
}

/** Turns a synchronous throw into a rejection. */
async function inOrder(stop: Stop): Promise<void> {
  await stop()
}
