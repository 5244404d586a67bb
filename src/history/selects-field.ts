import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'

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
        case Kind.FIELD:
          return names.includes(node.name.value)
        case Kind.INLINE_FRAGMENT:
          return holds(node.selectionSet)
        case Kind.FRAGMENT_SPREAD:
          return holds(fragments[node.name.value]?.selectionSet)
      }
    })
  return fieldNodes.some(({ selectionSet }) => holds(selectionSet))
}
