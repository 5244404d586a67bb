import { brandWithType } from '@pothos/core'
import { validate as isUuid } from 'uuid'
import { NODES_NAMED_MAX } from '../limits.js'
import type { Sql } from '../store/store.js'
import { type Audience, isFor } from './audience.js'
import { perOperation } from './batch.js'
import type { Builder, ObjectRef } from './builder.js'
import type { GraphContext } from './context.js'
import { fault } from './fault.js'
import { atMost } from './items-max.js'

interface NodeRule<Thing> {
  /** The table of its rows: IDs are unique over all tables. */
  table: string
  audience: Exclude<Audience, 'EVERYONE' | 'VALIDATOR'>
  /** Those of the things that the caller may see, in any order; others are to look like absent. */
  find(context: GraphContext, ids: readonly string[]): Promise<Thing[]>
}

/** A type whose things a client may ask for again by their IDs. */
export interface NodeKind extends NodeRule<{ id: string }> {
  type: string
}

export function addNodeInterface(builder: Builder): void {
  builder.interfaceType('Node', {
    description: 'Something that can be fetched again by its ID, which is unique across all types.',
    fields: (t) => ({ id: t.exposeID('id', { description: 'Never changes.' }) }),
  })
}

export function nodeKind<Thing extends { id: string }>(type: ObjectRef<Thing>, rule: NodeRule<Thing>): NodeKind {
  type.addInterfaces(['Node'])
  return { type: type.name, ...rule }
}

/** Adds `node` and `nodes`. They take one statement to tell the types of all IDs, and one more for each type found. */
export function addNodeQueries(builder: Builder, kinds: readonly NodeKind[]): void {
  const find = perOperation((context, ids: readonly string[]) => findNodes(context, kinds, ids))
  builder.queryFields((t) => ({
    node: t.field({
      audience: 'OWNER_OR_OPERATOR',
      type: 'Node',
      nullable: true,
      description: 'Anything that the caller may see, by its ID; null if there is none.',
      args: { id: t.arg.id({ description: 'The ID.' }) },
      resolve: (_root, { id }, context) => find(context, id),
    }),
    nodes: t.field({
      audience: 'OWNER_OR_OPERATOR',
      type: ['Node'],
      nullable: { list: false, items: true },
      description: `As \`node\`, for at most ${NODES_NAMED_MAX} IDs, in their order.`,
      args: { ids: t.arg.idList({ description: 'The IDs.' }) },
      // Values that do not fit are refused only once the document has been weighed.
      extensions: atMost(({ ids }) => (ids as string[] | undefined)?.length ?? 0),
      resolve: (_root, { ids }, context) => {
        if (ids.length > NODES_NAMED_MAX) throw tooMany(ids.length)
        return Promise.all(ids.map((id) => find(context, id)))
      },
    }),
  }))
}

function tooMany(count: number): Error {
  const message = `\`ids\` holds ${count} IDs, and at most ${NODES_NAMED_MAX} can be asked for at once.`
  return fault('BAD_USER_INPUT', message, { argument: 'ids', limit: NODES_NAMED_MAX })
}

async function findNodes(
  context: GraphContext,
  allKinds: readonly NodeKind[],
  ids: readonly string[],
): Promise<({ id: string } | null)[]> {
  const kinds = allKinds.filter(({ audience }) => isFor(audience, context.identity))
  const sound = [...new Set(ids.map((id) => id.toLowerCase()))].filter(isUuid)
  const idsOf = await tellTables(context.store.sql, new Set(kinds.map(({ table }) => table)), sound)
  const found = await Promise.all(
    kinds.map(async ({ type, table, find }) => {
      const its = idsOf.get(table)
      const things = its ? await find(context, its) : []
      // By this the interface knows what each of them is.
      for (const thing of things) brandWithType(thing, type as never)
      return things
    }),
  )
  const byId = new Map(found.flat().map((thing) => [thing.id, thing]))
  return ids.map((id) => byId.get(id.toLowerCase()) ?? null)
}

async function tellTables(
  sql: Sql,
  tables: ReadonlySet<string>,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const parts = [...tables].map(
    (table) => `SELECT '${table}' AS "table", id FROM "${table}" WHERE id = ANY($1::uuid[])`,
  )
  const rows = await sql.query<{ table: string; id: string }>(parts.join(' UNION ALL '), [ids], 'KEPT')
  const idsOf = new Map<string, string[]>()
  for (const { table, id } of rows) idsOf.set(table, [...(idsOf.get(table) ?? []), id])
  return idsOf
}
