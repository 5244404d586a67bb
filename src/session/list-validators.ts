import type { Prisma, Validator } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'
import type { SessionRegistry } from './session-registry.js'

export type ValidatorState = 'ALL' | 'CONNECTED' | 'BANNED' | 'SUSPENDED'

type ListingParts = Pick<Parts, 'store'> & { sessions: SessionRegistry }
type Where = Prisma.ValidatorWhereInput

/** Some of the registered validators, in the order of their registration. */
export async function listValidators(
  { store, sessions }: ListingParts,
  { state, ...slice }: PageSlice & { state: ValidatorState },
): Promise<Validator[]> {
  const { olderThan, newerThan, limit, order } = slice
  const between: Where = {
    id: { ...(olderThan !== null && { lt: olderThan }), ...(newerThan !== null && { gt: newerThan }) },
  }
  const conditions: Readonly<Record<ValidatorState, () => Where>> = {
    ALL: () => between,
    CONNECTED: () => ({ id: { in: takeIds(sessions.list(), slice) } }),
    BANNED: () => ({ ...between, bannedAt: { not: null } }),
    SUSPENDED: () => ({ ...between, suspendedAt: { not: null } }),
  }
  return store.prisma.validator.findMany({
    where: conditions[state](),
    orderBy: { id: order === 'newestFirst' ? 'desc' : 'asc' },
    take: limit,
  })
}

/** The slice's ids alone, so that a statement names no more than a page of them. */
function takeIds(
  connected: readonly { validatorId: string }[],
  { olderThan, newerThan, limit, order }: PageSlice,
): string[] {
  const ids = connected
    .map(({ validatorId }) => validatorId)
    .filter((id) => (olderThan === null || id < olderThan) && (newerThan === null || id > newerThan))
    .toSorted()
  return (order === 'newestFirst' ? ids.toReversed() : ids).slice(0, limit)
}
