import { LATE_WITHOUT_LOOKING_MS } from '../protocol/limits.js'
import { formatInstant } from '../protocol/text-forms.js'
import type { Measurement } from '../protocol/tick.js'
import { tickStatement } from '../protocol/tick-statement.js'
import { openCallback, type Callback } from '../round/callback-id.js'
import type { IntakeParts } from './intake.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { TaskFacts } from './task-facts.js'
import { findFormFault, readMeasurement, type TickInput } from './tick-input.js'

/** An answer whose callback ID is one of this hub's and belongs to its sender. */
export interface FoundTask {
  kind: 'found'
  input: TickInput
  measurement: Measurement
  callback: Callback
}

/** PROTOCOL §3's first refusals, in their order: form, callback, whose it is. */
export async function findTask(
  { keys, clock }: Pick<IntakeParts, 'keys' | 'clock'>,
  input: TickInput,
  validatorNo: number | null,
): Promise<FoundTask | TickRefusal> {
  const measurement = readMeasurement(input)
  const formFault = findFormFault(input, measurement)
  if (formFault !== null) return refuseTick('INVALID', formFault)
  const callback = await openCallback(keys, input.callbackId)
  if (callback === null) return refuseTick('UNKNOWN_CALLBACK')
  if (callback.deadlineAt + LATE_WITHOUT_LOOKING_MS < clock.now()) return refuseTick('LATE')
  if (callback.validatorNo !== validatorNo) return refuseTick('NOT_YOURS')
  return { kind: 'found', input, measurement, callback }
}

/** What a validator must have signed for a task, rebuilt from what the hub knows and what it sends. */
export function rebuildStatement(
  { input, measurement, callback }: FoundTask,
  facts: TaskFacts,
  signer: { hub: string; publicKey: string },
): string {
  // By name: spreading the measurement takes ten times as long as all the rest here.
  return tickStatement({
    hub: signer.hub,
    validator: signer.publicKey,
    callback: input.callbackId,
    website: facts.website.id,
    url: facts.website.url,
    round: formatInstant(callback.roundAt),
    check: input.checkHash,
    checkedAt: measurement.checkedAt,
    status: measurement.status,
    failure: measurement.failure,
    detail: measurement.detail,
    httpStatus: measurement.httpStatus,
    remoteAddress: measurement.remoteAddress,
    latencyUs: measurement.latencyUs,
    dnsUs: measurement.dnsUs,
    connectUs: measurement.connectUs,
    tlsUs: measurement.tlsUs,
    firstByteUs: measurement.firstByteUs,
    certificateExpiresAt: measurement.certificateExpiresAt,
  })
}
