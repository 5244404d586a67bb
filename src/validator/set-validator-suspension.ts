import { validate as isUuid } from 'uuid'
import { describeInput } from '../audit/describe-input.js'
import { recordChange } from '../audit/record-change.js'
import type { Validator } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { validatorNotFound } from './validator-not-found.js'

export type SetValidatorSuspensionResult = { kind: 'set'; validator: Validator } | Refusal<'NOT_FOUND'>

/** A suspended validator gets no tasks; earlier ones may still be answered and are paid. */
export async function setValidatorSuspension(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OperatorActor,
  { id, suspended }: { id: string; suspended: boolean },
): Promise<SetValidatorSuspensionResult> {
  if (!isUuid(id)) return validatorNotFound()
  const at = clock.now()
  const validator = await store.change(async ({ sql, prisma }) => {
    // Suspended again, it has been so since the first time.
    const isOther = { suspendedAt: suspended ? null : { not: null } }
    const suspendedAt = suspended ? new Date(at) : null
    await prisma.validator.updateMany({ where: { id, ...isOther }, data: { suspendedAt } })
    const found = await prisma.validator.findUnique({ where: { id } })
    if (!found) return null
    const detail = describeInput({ suspended }, 'SWITCHES')
    await recordChange(sql, actor, { at, action: 'setValidatorSuspension', subject: ['Validator', id], detail })
    return found
  })
  if (!validator) return validatorNotFound()
  bus.publish('validatorSuspended', { validatorId: id, suspended })
  return { kind: 'set', validator }
}
