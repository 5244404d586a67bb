import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import { ownerIn } from '../graph/actor.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { fault } from '../graph/fault.js'
import { atMost } from '../graph/items-max.js'
import { WEBSITE_SEARCH_LENGTH_MAX } from '../limits.js'
import { findWebsite } from './find-website.js'
import { LISTED_TAGS_MAX, listTags, type WebsiteTag } from './list-tags.js'
import { countWebsites, listWebsites, type WebsiteCondition, type WebsiteFilter } from './list-websites.js'
import { TAGS_MAX } from './website-tags.js'
import type { WebsiteRef } from './website-type.js'
import { withRelations } from './with-relations.js'

type Counts = Record<WebsiteCondition, number>

interface CountedPage {
  edges: unknown
  counts?: (() => Promise<Counts>) | undefined
}

export function addWebsiteQueries(builder: Builder, website: WebsiteRef): void {
  builder.queryField('website', (t) =>
    t.field({
      audience: 'OWNER',
      type: website,
      nullable: true,
      description: 'A website of the caller; null if there is none with this ID.',
      args: { id: t.arg.id({ description: 'ID of the website.' }) },
      resolve: (_root, { id }, context) => findWebsite(context, { userId: ownerIn(context).userId, id }),
    }),
  )
  addWebsiteList(builder, website)
  addWebsiteTags(builder)
}

function addWebsiteTags(builder: Builder): void {
  const websiteTag = builder.objectRef<WebsiteTag>('WebsiteTag').implement({
    description: 'A tag that the caller uses.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'The tag itself.' }),
      websiteCount: t.exposeInt('websiteCount', { description: 'How many websites have it.' }),
    }),
  })
  builder.queryField('websiteTags', (t) =>
    t.field({
      audience: 'OWNER',
      type: [websiteTag],
      extensions: atMost(LISTED_TAGS_MAX),
      description: `The tags of the caller's websites, by name; the first ${LISTED_TAGS_MAX} of them.`,
      resolve: (_root, _arguments, context) => listTags(context, ownerIn(context).userId),
    }),
  )
}

function addWebsiteList(builder: Builder, website: WebsiteRef): void {
  const filter = addFilter(builder)
  const orderBy = builder.enumType('WebsiteOrder', {
    description: 'How websites are sorted.',
    values: {
      CREATED_AT: { description: 'By the time they were added, oldest first.' },
      NAME: { description: 'By name, ignoring case; websites of the same name, oldest first.' },
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
      description: 'How many websites on all pages are in each condition.',
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
          filter: t.arg({ type: filter, required: false, description: 'Which of them; all if left out.' }),
          orderBy: t.arg({ type: orderBy, defaultValue: 'CREATED_AT', description: 'How they are sorted.' }),
        },
        resolve: async (_root, { filter: given, orderBy, ...page }, context, info) => {
          const selection = { userId: ownerIn(context).userId, filter: given ?? {} }
          checkFilter(given ?? {})
          // The total and the counts are one statement.
          let counted: Promise<Counts> | undefined
          const counts = () => (counted ??= countWebsites(context, selection))
          const resolved = await resolvePage(page, {
            cursor: ID_CURSOR,
            listed: 'oldestFirst',
            read: async (slice) =>
              withRelations(context, info, await listWebsites(context, { ...selection, orderBy, ...slice })),
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
    description: 'The condition of a website in lists: exactly one of these.',
    values: {
      GOOD: { description: 'Its status is Good.' },
      BAD: { description: 'Its status is Bad.' },
      UNKNOWN: { description: 'It is enabled and has no status.' },
      DISABLED: { description: 'Its owner turned it off.' },
    } satisfies Record<WebsiteCondition, object>,
  })
  return builder.inputType('WebsiteFilterInput', {
    description: 'Filters websites. A website must match every given condition.',
    fields: (t) => ({
      search: t.string({
        required: false,
        description: `Part of the name or of the URL, ignoring case; at most ${WEBSITE_SEARCH_LENGTH_MAX} characters.`,
      }),
      conditions: t.field({
        type: [condition],
        required: false,
        description: 'A website must be in one of these conditions; an empty list matches none.',
      }),
      tags: t.stringList({
        required: false,
        description: `A website must have all of these tags, ignoring case; at most ${TAGS_MAX}.`,
      }),
    }),
  })
}

function addCounts(builder: Builder) {
  return builder.objectRef<Counts>('WebsiteCounts').implement({
    description: 'How many websites are in each condition. Each is counted once.',
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

function checkFilter({ search, tags }: WebsiteFilter): void {
  if ((search?.length ?? 0) > WEBSITE_SEARCH_LENGTH_MAX) {
    const message = `\`search\` is longer than ${WEBSITE_SEARCH_LENGTH_MAX} characters.`
    throw fault('BAD_USER_INPUT', message, { argument: 'filter' })
  }
  if ((tags?.length ?? 0) > TAGS_MAX) {
    throw fault('BAD_USER_INPUT', `\`tags\` names more than ${TAGS_MAX} tags.`, { argument: 'filter' })
  }
}
