import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

type SelectionOf = (fragment: string) => SelectionSetNode | undefined

/**
 * About how many values an introspection of `schema` comes to. Types that fields refer to have more fields than others, so
 * lists count as twice their average; `MaxIntrospectionDepthRule` bounds how many lie in each other.
 */
export class IntrospectionWeight {
  readonly #sizes: Readonly<Record<string, number>>

  constructor(schema: GraphQLSchema) {
    const types = Object.values(schema.getTypeMap())
    const fields = types.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
    )
    const inputFields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []))
    const enumValues = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []))
    const twiceAverage = (count: number, of: number) => Math.ceil((2 * count) / of)
    this.#sizes = {
      types: types.length,
      directives: schema.getDirectives().length,
      fields: twiceAverage(fields.length, types.length),
      args: twiceAverage(fields.flatMap(({ args }) => args).length, fields.length),
      inputFields: twiceAverage(inputFields.length, types.length),
      enumValues: twiceAverage(enumValues.length, types.length),
      possibleTypes: 1,
      interfaces: 1,
      // Most types are wrapped once, few more often.
      ofType: 1 / 2,
    }
  }

  /** @param selection of `__schema` or `__type`. */
  weigh(selection: SelectionSetNode, selectionOf: SelectionOf, weighed = new Map<string, number>()): number {
    return selection.selections.reduce((sum, node) => {
      if (node.kind === Kind.INLINE_FRAGMENT) return sum + this.weigh(node.selectionSet, selectionOf, weighed)
      if (node.kind === Kind.FRAGMENT_SPREAD) return sum + this.#weighFragment(node.name.value, selectionOf, weighed)
      const below = node.selectionSet ? this.weigh(node.selectionSet, selectionOf, weighed) : 0
      return sum + 1 + below * (this.#sizes[node.name.value] ?? 1)
    }, 0)
  }

  #weighFragment(name: string, selectionOf: SelectionOf, weighed: Map<string, number>): number {
    const known = weighed.get(name)
    if (known !== undefined) return known
    // Should it spread itself, which another rule refuses.
    weighed.set(name, 0)
    const selection = selectionOf(name)
    const weight = selection ? this.weigh(selection, selectionOf, weighed) : 0
    weighed.set(name, weight)
    return weight
  }
}
