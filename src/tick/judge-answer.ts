import { tickFault } from '../protocol/tick-fault.js'
import type { Measurement } from '../protocol/tick.js'
import type { KnownValidator } from '../validator/validator-directory.js'
import type { FoundTask } from './find-task.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { TaskFacts } from './task-facts.js'

/** PostgreSQL calls the year 0000 1 BC and spells it so, which no reader of ours takes for an instant again. */
const EARLIEST = '0001-01-01T00:00:00.000Z'

/** PROTOCOL §3's refusals behind the signature: banned, then its fields. */
export function judgeAnswer(
  { input, measurement }: FoundTask,
  facts: TaskFacts,
  validator: KnownValidator,
): TickRefusal | null {
  if (validator.banned) return refuseTick('BANNED')
  const fault = tickFault(measurement) ?? instantFault(measurement)
  if (fault !== null) return refuseTick('INVALID', fault)
  if (input.checkHash !== facts.checkHash) {
    return refuseTick('INVALID', 'checkHash must be the hash of the check settings that came with the task.')
  }
  return null
}

/** One tick with such an instant would make a whole page of a website's history unreadable. */
function instantFault(measurement: Measurement): string | null {
  const names = ['checkedAt', 'certificateExpiresAt'] as const
  const name = names.find((name) => (measurement[name] ?? EARLIEST) < EARLIEST)
  return name === undefined ? null : `${name} must not be before ${EARLIEST}.`
}
