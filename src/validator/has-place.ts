import type { Prisma, Validator } from '../generated/prisma/client.js'
import { NETWORK_PLACE_MS, RECORD_DAYS } from '../limits.js'

interface Newcomer {
  publicKey: string
  /** Its row, when the key is known. */
  known: Pick<Validator, 'no' | 'network' | 'lastSignupAt'> | null
  network: string
  now: Date
}

/**
 * Whether a key may sign up from a network of which at most `keysMax` take part. A key keeps the place that it has, and one
 * with a record finds one always: else whoever makes keys could push out those who have worked for long.
 */
export async function hasPlace(
  prisma: Prisma.TransactionClient,
  { publicKey, known, network, now }: Newcomer,
  keysMax: number,
): Promise<boolean> {
  const since = new Date(now.getTime() - NETWORK_PLACE_MS)
  if (known?.network === network && known.lastSignupAt > since) return true
  const others = await prisma.validator.findMany({
    where: { network, bannedAt: null, lastSignupAt: { gt: since }, publicKey: { not: publicKey } },
    select: { no: true },
    take: keysMax,
  })
  if (others.length < keysMax) return true
  if (!known) return false
  const days = await prisma.validatorDay.count({ where: { validatorNo: known.no, agreed: { gt: 0 } } })
  return days >= RECORD_DAYS
}
