import { addConnection } from '../graph/add-connection.js'
import type { Website } from '../generated/prisma/client.js'
import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import { type GraphContext, requireOwner } from '../graph/context.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { addCheckGraph } from './check-graph.js'
import { addDeniedHostsGraph } from './denied-hosts-graph.js'
import { type CheckKey, findChecks } from './find-checks.js'
import { findWebsite } from './find-website.js'
import { countWebsites, listWebsites } from './list-websites.js'
import { addWebsiteSubscription } from './follow-graph.js'
import { addWebsiteMutations } from './mutation-graph.js'

export type WebsiteRef = ReturnType<typeof addWebsite>

/** What owners see, do and follow of their websites. */
export function addWebsiteGraph(builder: Builder) {
  const { check, checkInput } = addCheckGraph(builder)
  const website = addWebsite(builder, check)
  addWebsiteQueries(builder, website)
  addWebsiteMutations(builder, { website, checkInput })
  addWebsiteSubscription(builder, website)
  addDeniedHostsGraph(builder, website)
  const websiteByNo = perOperation(
    ({ store }) =>
      (nos: readonly number[]) =>
        findByNo(store, nos),
  )
  return { website, websiteByNo, check }
}

/** Deleted ones too, as they last were. */
async function findByNo({ prisma }: GraphContext['store'], nos: readonly number[]): Promise<(Website | Error)[]> {
  const websites = await prisma.website.findMany({ where: { no: { in: [...new Set(nos)] } } })
  const found = new Map(websites.map((website) => [website.no, website]))
  return nos.map((no) => found.get(no) ?? new Error(`there is no website ${no}`))
}

function addWebsite(builder: Builder, check: ReturnType<typeof addCheckGraph>['check']) {
  const checksOf = perOperation(
    ({ store }) =>
      (keys: readonly CheckKey[]) =>
        findChecks(store, keys),
  )
  return builder.prismaObject('Website', {
    description: 'A URL that is watched. Only its owner sees it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Stays the same for good.' }),
      name: t.exposeString('name', { description: 'What its owner calls it.' }),
      url: t.exposeString('url', { description: 'What is asked for, in its normal form. Never changes.' }),
      enabled: t.exposeBoolean('enabled', { description: 'Whether it is checked.' }),
      everyRounds: t.exposeInt('everyRounds', { description: 'Checked in every n-th round only; 1 is every round.' }),
      minimumVotes: t.exposeInt('minimumVotes', {
        description:
          'Networks that must agree before a verdict is Good or Bad, where more than half of them would be fewer.',
      }),
      badToOpen: t.exposeInt('badToOpen', { description: 'Bad verdicts in a run that open an incident.' }),
      goodToClose: t.exposeInt('goodToClose', { description: 'Good verdicts in a run that end one.' }),
      check: t.field({
        type: check,
        description: 'How it is checked: the settings of the present revision, secret headers included.',
        resolve: ({ id, checkRevision }, _arguments, context) =>
          checksOf(context, { websiteId: id, revision: checkRevision }),
      }),
      checkRevision: t.exposeInt('checkRevision', {
        description: 'Counts the settings that the website has had, from 1.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
    }),
  })
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
    (t) => ({
      totalCount: t.int({
        description: 'How many websites there are on all pages.',
        resolve: (_page, _arguments, context) => countWebsites(context, requireOwner(context)),
      }),
    }),
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
          })
        },
      },
      websiteConnection,
    ),
  )
}
