import type { OutputRef } from '@pothos/core'
import type { Builder } from './builder.js'

interface Described {
  page: string
  edge: string
}

interface CountedPage {
  edges: unknown
  count?: (() => Promise<number>) | undefined
}

/** Whether a connection has `totalCount`; `resolvePage` then needs `count`. */
type Count = 'TOLD' | 'NOT_TOLD'

/** One pair of types for each node type, so that one fragment fits wherever it is paged. */
export function addConnection<Node extends OutputRef<object> & { name: string }>(
  builder: Builder,
  node: Node,
  { page, edge }: Described,
  count: Count = 'NOT_TOLD',
) {
  const connection = builder.connectionObject(
    { type: node, name: `${node.name}Connection`, description: page },
    { name: `${node.name}Edge`, description: edge },
  )
  if (count === 'TOLD') {
    builder.objectField(connection, 'totalCount', (t) =>
      t.int({ description: 'How many there are on all pages.', resolve: countAll }),
    )
  }
  return connection
}

function countAll({ count }: CountedPage): Promise<number> {
  if (!count) throw new Error('this page was resolved without its count')
  return count()
}

export type ConnectionRef<Node extends OutputRef<object> & { name: string }> = ReturnType<typeof addConnection<Node>>
