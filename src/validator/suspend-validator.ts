import type { Validator } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'

/**
 * Suspends a validator or lifts its suspension. While it lasts it is given no tasks; what it was asked before may still be
 * answered and is paid, and what it has earned stays.
 * @returns null when there is no such validator.
 */
export async function suspendValidator(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { id, suspended }: { id: string; suspended: boolean },
): Promise<Validator | null> {
  // Suspended again, it has been so since the first time.
  const [validator] = await store.sql.query<{ id: string }>(
    `UPDATE "Validator" SET "suspendedAt" = CASE WHEN $2 THEN coalesce("suspendedAt", $3::timestamptz) END
     WHERE id = $1 RETURNING id`,
    [id, suspended, new Date(clock.now())],
  )
  if (!validator) return null
  bus.publish('validatorSuspended', { validatorId: id, suspended })
  return store.prisma.validator.findUnique({ where: { id } })
}
