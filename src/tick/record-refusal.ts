import type { Parts } from '../parts.js'
import type { TickRefusal } from './refuse-tick.js'

/** Keeps what was last refused of a validator, if its own key signed it. Never throws: the answers are judged already. */
export async function recordRefusal(
  { store, clock, log }: Pick<Parts, 'store' | 'clock' | 'log'>,
  validator: { id: string },
  { reason, message }: TickRefusal,
): Promise<void> {
  try {
    await store.prisma.validator.update({
      where: { id: validator.id },
      data: { refusedAt: new Date(clock.now()), refusedReason: reason, refusedMessage: message },
    })
  } catch (error) {
    log.error({ error }, 'a refusal could not be kept')
  }
}
