import type { Actor } from '../graph/actor.js'
import { fault } from '../graph/fault.js'
import type { RoundParts } from './round-parts.js'
import { type NotStarted, startRound, type StartedRound } from './start-round.js'

export type BeginningParts = RoundParts & {
  hasRoom(): Promise<boolean>
}

interface Schedule {
  intervalOf(roundAt: number): number
  isOver(roundAt: number): boolean
}

/** One at a time for an instant: the second knows if the first asked anybody. Throws UNAVAILABLE on a full disk. */
export function createBegin(
  parts: BeginningParts,
  { intervalOf, isOver }: Schedule,
): (roundAt: number, actor: Actor) => Promise<StartedRound | NotStarted> {
  const beginning = new Map<number, Promise<unknown>>()
  /** Instants of rounds whose beginning has failed, or is not over yet. */
  const failed = new Set<number>()

  const begin = async (roundAt: number, actor: Actor) => {
    if (!(await parts.hasRoom())) throw noRoom()
    for (const instant of failed) if (isOver(instant)) failed.delete(instant)
    const isAgain = failed.has(roundAt)
    failed.add(roundAt)
    const round = await startRound(parts, actor, { roundAt, intervalMs: intervalOf(roundAt), isAgain })
    failed.delete(roundAt)
    return round
  }

  return async (roundAt, actor) => {
    const before = beginning.get(roundAt) ?? Promise.resolve()
    const work = before.then(() => begin(roundAt, actor))
    const ended = work.catch(() => undefined)
    beginning.set(roundAt, ended)
    try {
      return await work
    } finally {
      if (beginning.get(roundAt) === ended) beginning.delete(roundAt)
    }
  }
}

const noRoom = () =>
  fault(
    'UNAVAILABLE',
    'The disk with the embedded database has less room than OVERLAPS_DISK_FREE_MIN_BYTES: no round begins until it has more.',
  )
