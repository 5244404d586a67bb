import type { Store } from '../store/store.js'

/**
 * Everything that a signup, an answer or an operator could change, to compare before and after a refusal. What was last refused is
 * left out: keeping it is the one thing that a refusal does.
 */
export async function storedState({ prisma }: Pick<Store, 'prisma'>) {
  const validators = await prisma.validator.findMany({
    orderBy: { no: 'asc' },
    omit: { refusedAt: true, refusedReason: true, refusedMessage: true },
  })
  return {
    validators,
    sessions: await prisma.validatorSession.count(),
    usedChallenges: await prisma.usedChallenge.count(),
    ticks: await prisma.websiteTick.findMany({
      orderBy: [{ roundAt: 'asc' }, { websiteNo: 'asc' }, { validatorNo: 'asc' }],
    }),
    submissions: await prisma.submission.count(),
    claims: await prisma.abstention.findMany({
      orderBy: [{ roundAt: 'asc' }, { websiteNo: 'asc' }, { validatorNo: 'asc' }],
    }),
    deniedHosts: await prisma.deniedHost.findMany({ orderBy: { host: 'asc' } }),
    auditEntries: await prisma.auditEntry.count(),
  }
}
