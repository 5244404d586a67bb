import type { Parts } from '../parts.js'
import type { TickRefusal } from './refuse-tick.js'

/**
 * Keeps what was last refused of a validator, for it to look up. Only for statements that its key has signed: anybody
 * can send others in its name. Never throws, for what was decided about the answers stands without it.
 */
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
