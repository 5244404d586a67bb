import { v7 as uuid } from 'uuid'
import type { TxtResolver } from '../../ownership/look-at-dns.js'
import { ownershipToken } from '../../ownership/ownership-token.js'
import type { TestHub } from '../test-hub.js'

/** A name server at which every owner shows their token at every host. */
export function showEverything(hub: () => TestHub): () => TxtResolver {
  return () => ({
    async resolveTxt(name) {
      const owners = await hub().parts.store.prisma.user.findMany()
      return owners.map(({ id }) => [ownershipToken(id, name)])
    },
    cancel: () => undefined,
  })
}

/** Another website of the same owner, at a host that a name server knows; the id itself where there is no such website. */
export async function addProvableWebsite({ parts, clock }: TestHub, websiteId: string): Promise<string> {
  const { prisma } = parts.store
  const website = await prisma.website.findUnique({ where: { id: websiteId }, include: { checks: true } })
  if (website === null) return websiteId
  const { userId, name, checks } = website
  const { id } = await prisma.website.create({
    data: {
      userId,
      name,
      url: `https://prove.example/${uuid()}`,
      createdAt: new Date(clock.now()),
      checks: { create: { revision: 1, settings: checks[0]?.settings ?? {} } },
    },
  })
  return id
}
