import { tickFault } from '../protocol/tick-fault.js'
import type { KnownValidator } from '../validator/validator-directory.js'
import type { FoundTask } from './find-task.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { TaskFacts } from './task-facts.js'

/** PROTOCOL §3's refusals behind the signature, as far as the answer alone tells: banned, then its fields. */
export function judgeAnswer(
  { input, measurement }: FoundTask,
  facts: TaskFacts,
  validator: KnownValidator,
): TickRefusal | null {
  if (validator.banned) return refuseTick('BANNED')
  const fault = tickFault(measurement)
  if (fault !== null) return refuseTick('INVALID', fault)
  if (input.checkHash !== facts.checkHash) {
    return refuseTick('INVALID', 'checkHash must be the hash of the check settings that came with the task.')
  }
  return null
}
