import type { Validator } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'

export type ValidatorState = 'ALL' | 'BANNED' | 'SUSPENDED'

const CONDITIONS = {
  ALL: {},
  BANNED: { bannedAt: { not: null } },
  SUSPENDED: { suspendedAt: { not: null } },
} satisfies Record<ValidatorState, object>

/** Some of the registered validators, in the order of their registration. */
export async function listValidators(
  { store }: Pick<Parts, 'store'>,
  { olderThan, newerThan, limit, order, state }: PageSlice & { state: ValidatorState },
): Promise<Validator[]> {
  return store.prisma.validator.findMany({
    where: {
      ...CONDITIONS[state],
      id: { ...(olderThan !== null && { lt: olderThan }), ...(newerThan !== null && { gt: newerThan }) },
    },
    orderBy: { id: order === 'newestFirst' ? 'desc' : 'asc' },
    take: limit,
  })
}
