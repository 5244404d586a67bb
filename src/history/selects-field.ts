import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql'

/**
 * Whether a document asks for one of these fields of what is being resolved, so that what is dear is read only then. A
 * field that a directive leaves out counts as asked for.
 */
export function selectsField(
  { fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
  names: readonly string[],
): boolean {
  const holds = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((node) => {
      switch (node.kind) {
        case 'Field':
          return names.includes(node.name.value)
        case 'InlineFragment':
          return holds(node.selectionSet)
        case 'FragmentSpread':
          return holds(fragments[node.name.value]?.selectionSet)
      }
    })
  return fieldNodes.some(({ selectionSet }) => holds(selectionSet))
}
