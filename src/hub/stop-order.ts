import { waitAtMost } from '../http/wait-at-most.js'

/**
 * What a hub lets go of when it stops, one after the other: it says that it is not ready; it begins no round; its sockets
 * are told to come back and nobody is let in any more; the answers that it has taken are committed; what it works at in
 * the background ends; the requests that still run are answered; and last the database, which all of these need.
 */
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

/** What hung when a hub was to stop. It still has a hold on the process. */
export class StopFault extends Error {
  override readonly name = 'StopFault'
  readonly late: readonly StopPhase[]
  constructor(late: readonly StopPhase[], withinMs: number) {
    super(`The hub could not end all within ${withinMs / 1_000} s and leaves it as it is: ${late.join(', ')}.`)
    this.late = late
  }
}

type Stop = () => unknown

/** How a hub stops. It is put together while the hub starts, so that a start that fails takes back what was there. */
export interface StopOrder {
  /** Of several in one phase the last is stopped first. */
  add(phase: StopPhase, stop: Stop): void
  /** Takes over all that another order would stop. */
  take(other: StopOrder): void
  /** What there is to stop, by phase. */
  stops: ReadonlyMap<StopPhase, readonly Stop[]>
  /**
   * Goes through the phases, once, however often it is called.
   * @throws StopFault when something did not end in time, else the first that failed to end.
   */
  stop(): Promise<void>
}

/** @param withinMs after which `stop` is over, whatever hangs. */
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
      // What fails to stop keeps nothing else open, least of all the folder's lock.
      for (const stop of ofPhase) await inOrder(stop).catch((error: unknown) => failures.push(error))
      late.delete(phase)
    }
    // Whatever hangs leaves as much time again to what comes after it.
    await waitAtMost((endAt - performance.now()) / 2, work())
  }
  if (late.size > 0) throw new StopFault([...late], withinMs)
  if (failures.length > 0) throw failures[0]
}

/** What throws at once has failed like what rejects. */
async function inOrder(stop: Stop): Promise<void> {
  await stop()
}
