import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { addCheckTypes, type CheckRef } from './check-type.js'
import { addDeniedHostsGraph } from './denied-hosts-graph.js'
import { findWebsite } from './find-website.js'
import { countWebsites, listWebsites } from './list-websites.js'
import { addWebsiteSubscription } from './follow-graph.js'
import { addWebsiteMutations } from './mutation-graph.js'
import { addWebsiteType, type WebsiteRef, type WebsiteRefs } from './website-type.js'

/** What owners see, do and follow of their websites. */
export function addWebsiteGraph(builder: Builder): WebsiteRefs & { check: CheckRef } {
  const { check, checkInput } = addCheckTypes(builder)
  const refs = addWebsiteType(builder, check)
  addWebsiteQueries(builder, refs.website)
  addWebsiteMutations(builder, { website: refs.website, checkInput })
  addWebsiteSubscription(builder, refs.website)
  addDeniedHostsGraph(builder, refs.website)
  return { ...refs, check }
}

function addWebsiteQueries(builder: Builder, website: WebsiteRef): void {
  builder.queryField('website', (t) =>
    t.field({
      type: website,
      nullable: true,
      description: 'A website of the caller, who must be an owner; null when there is none with this id.',
      args: { id: t.arg.id({ description: "The website's id." }) },
      resolve: (_root, { id }, context) => findWebsite(context, { userId: requireOwner(context), id }),
    }),
  )
  const websiteConnection = addConnection(
    builder,
    website,
    { page: 'A page of websites.', edge: 'A website on its page.' },
    'TOLD',
  )
  builder.queryField('websites', (t) =>
    t.connection(
      {
        type: website,
        description: "The caller's websites, in the order in which they were registered. For owners.",
        resolve: async (_root, page, context) => {
          const userId = requireOwner(context)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            listed: 'oldestFirst',
            read: (slice) => listWebsites(context, { userId, ...slice }),
            count: () => countWebsites(context, userId),
          })
        },
      },
      websiteConnection,
    ),
  )
}
