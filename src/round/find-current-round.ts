import type { Parts } from '../parts.js'

export interface CurrentRound {
  roundAt: Date
  deadlineAt: Date
}

/** The newest round of the schedule that has begun and is not closed, over all hubs. */
export async function findCurrentRound({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<CurrentRound | null> {
  return store.prisma.round.findFirst({
    select: { roundAt: true, deadlineAt: true },
    where: { closedAt: null, kind: 'SCHEDULED', roundAt: { lte: new Date(clock.now()) } },
    orderBy: { roundAt: 'desc' },
  })
}
