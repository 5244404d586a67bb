import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import type { Website } from '../generated/prisma/client.js'
import type { GraphContext } from '../graph/context.js'

/** The relations that a document asks of a page's websites, in one query: Pothos would load them one by one. */
export async function withRelations(
  context: GraphContext,
  info: GraphQLResolveInfo,
  websites: Website[],
): Promise<Website[]> {
  const { include } = queryFromInfo({ context, info, typeName: 'Website', paths: [['edges', 'node']] })
  if (websites.length === 0 || Object.keys(include ?? {}).length === 0) return websites
  const where = { id: { in: websites.map(({ id }) => id) } }
  const loaded = await context.store.prisma.website.findMany({ where, ...(include && { include }) })
  const byId = new Map(loaded.map((website) => [website.id, website]))
  return websites.map((website) => byId.get(website.id) ?? website)
}
