import type { Parts } from '../parts.js'
import type { TickRefusal } from './refuse-tick.js'

/**
 * Keeps what was last refused of a validator, for it to look up. Only for answers whose signature was right: anybody
 * can send a wrong one in somebody's name.
 */
export async function recordRefusal(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  validator: { id: string },
  { reason, message }: TickRefusal,
): Promise<void> {
  await store.prisma.validator.update({
    where: { id: validator.id },
    data: { refusedAt: new Date(clock.now()), refusedReason: reason, refusedMessage: message },
  })
}
