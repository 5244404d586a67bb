import SchemaBuilder from '@pothos/core'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import { ANSWER_PLUGIN } from './answer-plugin.js'
import { AUDIENCE_PLUGIN } from './audience.js'
import { getDatamodel } from '../generated/pothos.js'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'
import type { Builder, SchemaTypes } from './builder.js'
import { addProblem } from './add-result.js'
import { atMost } from './items-max.js'
import { addNodeInterface } from './node.js'
import { addScalars } from './scalars.js'

/** The one schema builder. Rooms add to it in the order of the arrow. */
export function createBuilder(): Builder {
  const builder: Builder = new SchemaBuilder<SchemaTypes>({
    plugins: [ANSWER_PLUGIN, AUDIENCE_PLUGIN, PrismaPlugin, RelayPlugin],
    defaultFieldNullability: false,
    defaultInputFieldRequiredness: true,
    prisma: {
      client: (context) => context.store.prisma,
      dmmf: getDatamodel(),
      maxConnectionSize: PAGE_SIZE_MAX,
      defaultConnectionSize: PAGE_SIZE_DEFAULT,
      onUnusedQuery: null,
    },
    relay: {
      clientMutationId: 'omit',
      cursorType: 'String',
      nodeQueryOptions: false,
      nodesQueryOptions: false,
      pageInfoTypeOptions: { description: 'Whether there are more items around a page, and its cursors.' },
      hasNextPageFieldOptions: { description: 'Whether there are more items after it.' },
      hasPreviousPageFieldOptions: { description: 'Whether there are more items before it.' },
      startCursorFieldOptions: { description: 'Cursor of its first item; null when it is empty.' },
      endCursorFieldOptions: { description: 'Cursor of its last item; null when it is empty.' },
      pageInfoFieldOptions: { description: 'Whether there are more items around this page, and its cursors.' },
      edgesFieldOptions: {
        nullable: { list: false, items: false },
        description: 'The items of this page, each with its cursor.',
        extensions: atMost(PAGE_SIZE_MAX),
      },
      cursorFieldOptions: { description: 'Marks the position of this item; for `after` and `before`.' },
      nodeFieldOptions: { nullable: false, description: 'The item.' },
      firstArgOptions: {
        description: `How many items from the beginning, 1 to ${PAGE_SIZE_MAX}; not with \`last\`.`,
      },
      lastArgOptions: { description: `How many items from the end, 1 to ${PAGE_SIZE_MAX}; not with \`first\`.` },
      afterArgOptions: { description: 'Only items after this cursor.' },
      beforeArgOptions: { description: 'Only items before this cursor.' },
    },
  })
  builder.queryType({ description: 'All queries.' })
  builder.mutationType({ description: 'All changes.' })
  builder.subscriptionType({ description: 'All subscriptions.' })
  addScalars(builder)
  addNodeInterface(builder)
  addProblem(builder)
  return builder
}
