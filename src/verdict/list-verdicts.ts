import type { Verdict, VerdictStatus } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'

export interface VerdictPage {
  websiteNo: number
  from: number
  until: number
  status?: VerdictStatus | undefined
  inMaintenance?: boolean | undefined
  limit: number
  order: 'newestFirst' | 'oldestFirst'
}

/** Some of a website's verdicts by their rounds, in the order of the primary key. */
export async function listVerdicts({ prisma }: Pick<Store, 'prisma'>, page: VerdictPage): Promise<Verdict[]> {
  const { websiteNo, from, until, status, inMaintenance, limit, order } = page
  if (from >= until) return []
  return prisma.verdict.findMany({
    where: {
      websiteNo,
      roundAt: { gte: new Date(from), lt: new Date(until) },
      ...(status !== undefined && { status }),
      ...(inMaintenance !== undefined && { inMaintenance }),
    },
    orderBy: { roundAt: order === 'newestFirst' ? 'desc' : 'asc' },
    take: limit,
  })
}
