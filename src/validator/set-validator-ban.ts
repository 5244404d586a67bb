import { validate as isUuid } from 'uuid'
import { describeInput } from '../audit/describe-input.js'
import { recordChange } from '../audit/record-change.js'
import type { Validator } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { validatorNotFound } from './validator-not-found.js'

export type SetValidatorBanResult = { kind: 'set'; validator: Validator } | Refusal<'NOT_FOUND'>

/** Bans a validator or lifts its ban. A ban ends its sessions and closes its sockets; what it has earned stays. */
export async function setValidatorBan(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OperatorActor,
  { id, banned }: { id: string; banned: boolean },
): Promise<SetValidatorBanResult> {
  if (!isUuid(id)) return validatorNotFound()
  const at = clock.now()
  const validator = await store.change(async ({ sql, prisma }) => {
    // Banned again, it has been so since the first time.
    const isOther = { bannedAt: banned ? null : { not: null } }
    await prisma.validator.updateMany({ where: { id, ...isOther }, data: { bannedAt: banned ? new Date(at) : null } })
    const found = await prisma.validator.findUnique({ where: { id } })
    if (!found) return null
    if (banned) await prisma.validatorSession.deleteMany({ where: { validatorId: id } })
    const detail = describeInput({ banned }, 'SWITCHES')
    await recordChange(sql, actor, { at, action: 'setValidatorBan', subject: ['Validator', id], detail })
    return found
  })
  if (!validator) return validatorNotFound()
  bus.publish('validatorBanned', { validatorId: id, publicKey: validator.publicKey, banned })
  return { kind: 'set', validator }
}
