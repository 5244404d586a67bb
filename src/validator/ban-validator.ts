import type { Validator } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'

/**
 * Bans a validator or lifts its ban. A ban ends its sessions and closes its sockets; what it has earned stays.
 * @returns null when there is no such validator.
 */
export async function banValidator(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { id, banned }: { id: string; banned: boolean },
): Promise<Validator | null> {
  const validator = await store.prisma.$transaction(async (prisma) => {
    if (!(await prisma.validator.findUnique({ where: { id } }))) return null
    if (banned) await prisma.validatorSession.deleteMany({ where: { validatorId: id } })
    return prisma.validator.update({ where: { id }, data: { bannedAt: banned ? new Date(clock.now()) : null } })
  })
  if (validator) bus.publish('validatorBanned', { validatorId: id, publicKey: validator.publicKey, banned })
  return validator
}
