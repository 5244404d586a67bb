import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import type { Website } from '../generated/prisma/client.js'
import type { GraphContext } from '../graph/context.js'

/**
 * The websites of a page with the relations that the document asks of them: one query for all, where Pothos would load
 * them one by one. Nothing is read where it asks for none.
 */
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
