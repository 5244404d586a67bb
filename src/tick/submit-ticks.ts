import type { SubmissionInput } from './find-signed.js'
import type { IntakeParts } from './intake.js'
import type { TickRefusal } from './refuse-tick.js'
import { takeInTicks } from './take-in.js'

export interface SubmitTicksSuccess {
  kind: 'success'
  /** Repeats of a stored answer count as accepted. */
  acceptedCount: number
  rejected: { callbackId: string; refusal: TickRefusal }[]
}

/** Takes in a signed batch, each answer accepted or refused alone; a refusal of the whole has changed nothing. */
export async function submitTicks(
  parts: IntakeParts,
  input: Omit<SubmissionInput, 'kind'>,
): Promise<SubmitTicksSuccess | TickRefusal> {
  const outcome = await takeInTicks(parts, { ...input, kind: 'BATCH' })
  if (outcome.kind === 'refused') return outcome
  const rejected = outcome.ticks.flatMap(({ refusal }, index) =>
    refusal ? [{ callbackId: input.ticks[index]?.callbackId ?? '', refusal }] : [],
  )
  return { kind: 'success', acceptedCount: input.ticks.length - rejected.length, rejected }
}
