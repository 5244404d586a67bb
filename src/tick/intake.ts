import type { Parts } from '../parts.js'
import { createValidatorDirectory, type ValidatorDirectory } from '../validator/validator-directory.js'
import { createTaskFactsReader, type TaskFactsReader } from './task-facts.js'
import { createTickRecorder, type TickRecorder } from './tick-recorder.js'

/** What the taking in of answers keeps between them: caches of what never changes, and the queue to the database. */
export interface Intake {
  directory: ValidatorDirectory
  facts: TaskFactsReader
  recorder: TickRecorder
  close(): Promise<void>
}

export type IntakeParts = Pick<Parts, 'store' | 'keys' | 'settings' | 'clock' | 'log'> & { intake: Intake }

export function createIntake(parts: Pick<Parts, 'store' | 'bus' | 'clock' | 'settings' | 'log'>): Intake {
  const directory = createValidatorDirectory(parts)
  const recorder = createTickRecorder(parts)
  return {
    directory,
    facts: createTaskFactsReader(parts),
    recorder,
    async close() {
      directory.close()
      await recorder.settled()
    },
  }
}
