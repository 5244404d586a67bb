import type { Parts } from '../parts.js'
import { createValidatorDirectory, type ValidatorDirectory } from '../validator/validator-directory.js'
import { createTaskFactsReader, type TaskFactsReader } from './task-facts.js'
import { createTurnstile, type Turnstile } from '../turnstile.js'
import { createConflictRecorder, type ConflictRecorder } from './conflict-recorder.js'
import { createTickRecorder, type TickRecorder } from './tick-recorder.js'
import { unlessStalled } from './unless-stalled.js'

/** What intake keeps between submissions: caches of what never changes, and the queue to the database. */
export interface Intake {
  directory: ValidatorDirectory
  facts: TaskFactsReader
  recorder: TickRecorder
  conflicts: ConflictRecorder
  /** Batches are judged one in a turn of the event loop: 500 ticks take some milliseconds. */
  turnstile: Turnstile
  /** Else an answer is refused with UNAVAILABLE, and comes again. */
  hasRoom(): Promise<boolean>
  /** Takes note of a submission until it is stored or refused. @throws when nothing is stored for too long, its fate unknown. */
  track<Result>(work: Promise<Result>): Promise<Result>
  settled(): Promise<void>
  close(): Promise<void>
}

export type IntakeParts = Pick<Parts, 'store' | 'keys' | 'bus' | 'settings' | 'clock' | 'log' | 'rates'> & {
  intake: Intake
}

export function createIntake(
  parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'settings' | 'log'>,
  hasRoom: Intake['hasRoom'],
): Intake {
  const directory = createValidatorDirectory(parts)
  const recorder = createTickRecorder(parts)
  const underway = new Set<Promise<unknown>>()
  const settled = async () => {
    await Promise.allSettled(underway)
  }
  return {
    directory,
    facts: createTaskFactsReader(parts),
    recorder,
    conflicts: createConflictRecorder(parts),
    turnstile: createTurnstile(),
    hasRoom,
    track(work) {
      underway.add(work)
      return unlessStalled(
        work.finally(() => underway.delete(work)),
        recorder,
      )
    },
    settled,
    async close() {
      directory.close()
      await settled()
    },
  }
}
