import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { fault } from '../graph/fault.js'
import { WEBSITE_SEARCH_LENGTH_MAX } from '../limits.js'
import { findWebsite } from './find-website.js'
import { countWebsites, listWebsites, type WebsiteCondition } from './list-websites.js'
import type { WebsiteRef } from './website-type.js'

type Counts = Record<WebsiteCondition, number>

interface CountedPage {
  edges: unknown
  counts?: (() => Promise<Counts>) | undefined
}

/** How owners find one of their websites, and list and count them. */
export function addWebsiteQueries(builder: Builder, website: WebsiteRef): void {
  builder.queryField('website', (t) =>
    t.field({
      audience: 'OWNER',
      type: website,
      nullable: true,
      description: 'A website of the caller; null when there is none with this id.',
      args: { id: t.arg.id({ description: "The website's id." }) },
      resolve: (_root, { id }, context) => findWebsite(context, { userId: requireOwner(context), id }),
    }),
  )
  addWebsiteList(builder, website)
}

function addWebsiteList(builder: Builder, website: WebsiteRef): void {
  const filter = addFilter(builder)
  const orderBy = builder.enumType('WebsiteOrder', {
    description: 'How websites are sorted.',
    values: {
      CREATED_AT: { description: 'In the order in which they were registered.' },
      NAME: { description: 'By name, whatever its case; those of one name by when they were registered.' },
    },
  })
  const connection = addConnection(
    builder,
    website,
    { page: 'A page of websites.', edge: 'A website on its page.' },
    'TOLD',
  )
  const counts = addCounts(builder)
  builder.objectField(connection, 'counts', (t) =>
    t.field({
      type: counts,
      description: 'How many of the websites on all pages are in which condition.',
      resolve: countsOf,
    }),
  )
  builder.queryField('websites', (t) =>
    t.connection(
      {
        audience: 'OWNER',
        type: website,
        description: "The caller's websites.",
        args: {
          filter: t.arg({ type: filter, required: false, description: 'Which of them; all where it is left out.' }),
          orderBy: t.arg({ type: orderBy, defaultValue: 'CREATED_AT', description: 'How they are sorted.' }),
        },
        resolve: async (_root, { filter: given, orderBy, ...page }, context) => {
          const selection = { userId: requireOwner(context), filter: given ?? {} }
          checkSearch(given?.search)
          // The total and the counts are one statement.
          let counted: Promise<Counts> | undefined
          const counts = () => (counted ??= countWebsites(context, selection))
          const resolved = await resolvePage(page, {
            cursor: ID_CURSOR,
            listed: 'oldestFirst',
            read: (slice) => listWebsites(context, { ...selection, orderBy, ...slice }),
            count: async () => totalOf(await counts()),
          })
          return Object.assign(resolved, { counts })
        },
      },
      connection,
    ),
  )
}

function addFilter(builder: Builder) {
  const condition = builder.enumType('WebsiteCondition', {
    description: 'What a website counts as in lists: one of these at a time.',
    values: {
      GOOD: { description: 'Its status is Good.' },
      BAD: { description: 'Its status is Bad.' },
      UNKNOWN: { description: 'It is enabled and has no status: nobody knows how it is.' },
      DISABLED: { description: 'It is not checked, because its owner turned it off.' },
    } satisfies Record<WebsiteCondition, object>,
  })
  return builder.inputType('WebsiteFilterInput', {
    description: 'Which websites. All that is given must hold.',
    fields: (t) => ({
      search: t.string({
        required: false,
        description: `Part of the name or of the URL, in whatever case; at most ${WEBSITE_SEARCH_LENGTH_MAX} characters.`,
      }),
      conditions: t.field({
        type: [condition],
        required: false,
        description: 'Conditions of which a website has one; an empty list lets none through.',
      }),
    }),
  })
}

function addCounts(builder: Builder) {
  return builder.objectRef<Counts>('WebsiteCounts').implement({
    description: 'How many websites are in which condition. Each is counted once.',
    fields: (t) => ({
      total: t.int({ description: 'All of them.', resolve: totalOf }),
      good: t.exposeInt('GOOD', { description: 'Those whose status is Good.' }),
      bad: t.exposeInt('BAD', { description: 'Those whose status is Bad.' }),
      unknown: t.exposeInt('UNKNOWN', { description: 'Those that are enabled and have no status.' }),
      disabled: t.exposeInt('DISABLED', { description: 'Those that their owner turned off.' }),
    }),
  })
}

function countsOf({ counts }: CountedPage): Promise<Counts> {
  if (!counts) throw new Error('this page was resolved without its counts')
  return counts()
}

function totalOf({ GOOD, BAD, UNKNOWN, DISABLED }: Counts): number {
  return GOOD + BAD + UNKNOWN + DISABLED
}

function checkSearch(search: string | null | undefined): void {
  if (!search || search.length <= WEBSITE_SEARCH_LENGTH_MAX) return
  throw fault('BAD_USER_INPUT', `\`search\` is longer than ${WEBSITE_SEARCH_LENGTH_MAX} characters.`, {
    argument: 'filter',
  })
}
