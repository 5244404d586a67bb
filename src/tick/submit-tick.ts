import type { Callback } from '../round/callback-id.js'
import type { SubmissionInput } from './find-signed.js'
import type { IntakeParts } from './intake.js'
import type { TickRefusal } from './refuse-tick.js'
import { takeInTicks } from './take-in.js'
import type { TickInput } from './tick-input.js'

type SingleInput = Omit<SubmissionInput, 'kind' | 'ticks'> & { tick: TickInput }

export interface SubmitTickSuccess {
  kind: 'success'
  callback: Callback
}

/** Takes in one signed answer. Success means that it is committed; a refusal has changed nothing. */
export async function submitTick(
  parts: IntakeParts,
  { tick, ...envelope }: SingleInput,
): Promise<SubmitTickSuccess | TickRefusal> {
  const outcome = await takeInTicks(parts, { ...envelope, kind: 'SINGLE', ticks: [tick] })
  if (outcome.kind === 'refused') return outcome
  const [taken] = outcome.ticks
  if (taken === undefined) throw new Error('an answer was given no outcome')
  return taken.refusal ?? { kind: 'success', callback: taken.tick.callback }
}
