import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'

/** Whether a document asks for one of these fields, so that what is costly is read only then. Directives are overlooked. */
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
