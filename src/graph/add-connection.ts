import type { FieldMap, OutputRef } from '@pothos/core'
import type { Builder, Types } from './builder.js'

interface Described {
  /** What the connection is. */
  page: string
  /** What one of its edges is. */
  edge: string
}

/**
 * Adds `<Node>Connection` and `<Node>Edge`: one pair for each type of node, so that one fragment fits wherever it is paged.
 * @param fields what else a page of them tells.
 */
export function addConnection<Node extends OutputRef<object> & { name: string }>(
  builder: Builder,
  node: Node,
  { page, edge }: Described,
  fields?: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, object>) => FieldMap,
) {
  return builder.connectionObject(
    { type: node, name: `${node.name}Connection`, description: page, ...(fields && { fields }) },
    { name: `${node.name}Edge`, description: edge },
  )
}

export type ConnectionRef<Node extends OutputRef<object> & { name: string }> = ReturnType<typeof addConnection<Node>>
