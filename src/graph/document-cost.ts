import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'
import { IntrospectionWeight } from './introspection-weight.js'
import { itemsMaxOf } from './items-max.js'

export interface DocumentCost {
  cost: number
  /** About how many values of the schema it asks for, which count apart: they cost less, and no statement. */
  introspected: number
  /** Whether it is the same for all variables. */
  isFixed: boolean
}

/** A page is read by a statement of its own, a hundred of them on a page of a hundred. */
const PAGE_COST = 100

/** What is known of a schema before any document comes. */
export interface SchemaScale {
  schema: GraphQLSchema
  introspection: IntrospectionWeight
}

export function schemaScale(schema: GraphQLSchema): SchemaScale {
  return { schema, introspection: new IntrospectionWeight(schema) }
}

interface Scale extends SchemaScale {
  introspected: number
  fragments: ReadonlyMap<string, { typeName: string; selectionSet: SelectionSetNode }>
  /** What each fragment weighs; null while it is being weighed. */
  weighed: Map<string, number | null>
  variables: () => Record<string, unknown>
}

/**
 * What an operation of a valid document comes to: 1 for each field, 100 for each page, times the most items of the
 * lists around it. Every fragment is weighed once. Variables that do not fit weigh nothing, as nothing runs with them.
 */
export function documentCost(
  { schema, introspection }: SchemaScale,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): DocumentCost {
  const root = schema.getRootType(operation.operation) ?? undefined
  let coerced: Record<string, unknown> | null = null
  const scale: Scale = {
    schema,
    introspection,
    introspected: 0,
    fragments: new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION
          ? [[definition.name.value, { ...definition, typeName: definition.typeCondition.name.value }]]
          : [],
      ),
    ),
    weighed: new Map(),
    variables: () =>
      (coerced ??=
        getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 }).coerced ?? {}),
  }
  const cost = weighSelection(scale, operation.selectionSet, root)
  const { introspected } = scale
  return { cost, introspected, isFixed: coerced === null || (operation.variableDefinitions ?? []).length === 0 }
}

function weighSelection(scale: Scale, { selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): number {
  return selections.reduce((sum, node) => {
    switch (node.kind) {
      case Kind.FIELD:
        return sum + weighField(scale, node, parent)
      case Kind.INLINE_FRAGMENT: {
        const type = node.typeCondition ? scale.schema.getType(node.typeCondition.name.value) : parent
        return sum + weighSelection(scale, node.selectionSet, type)
      }
      case Kind.FRAGMENT_SPREAD:
        return sum + weighFragment(scale, node.name.value)
    }
  }, 0)
}

/** A fragment that spreads itself is refused by another rule; here it weighs nothing where it does. */
function weighFragment(scale: Scale, name: string): number {
  const known = scale.weighed.get(name)
  if (known !== undefined) return known ?? 0
  const fragment = scale.fragments.get(name)
  if (!fragment) return 0
  scale.weighed.set(name, null)
  const weight = weighSelection(scale, fragment.selectionSet, scale.schema.getType(fragment.typeName))
  scale.weighed.set(name, weight)
  return weight
}

function weighField(scale: Scale, node: FieldNode, parent: GraphQLNamedType | undefined): number {
  const name = node.name.value
  if (name === '__schema' || name === '__type') {
    const selectionOf = (fragment: string) => scale.fragments.get(fragment)?.selectionSet
    if (node.selectionSet) scale.introspected += Math.ceil(scale.introspection.weigh(node.selectionSet, selectionOf))
    return 1
  }
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {}
  const field = fields[name]
  if (!field) return 1
  const size = 'pageInfo' in fields ? 1 : sizeOf(scale, node, field)
  // An item without fields of its own counts as one.
  const item = node.selectionSet ? weighSelection(scale, node.selectionSet, getNamedType(field.type)) : 1
  const own = isPage(field) ? PAGE_COST : 1
  return node.selectionSet || isListType(getNullableType(field.type)) ? own + item * size : own
}

function isPage({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => name === 'first')
}

/** Items that a field may answer with; those of a page were counted where the page was asked for. */
function sizeOf(scale: Scale, node: FieldNode, field: GraphQLField<unknown, unknown>): number {
  const args = () => argumentsOf(scale, node, field)
  if (!isPage(field)) {
    return isListType(getNullableType(field.type)) ? Math.max(1, itemsMaxOf(field, args)) : 1
  }
  if (!node.arguments?.some(({ name }) => name.value === 'first' || name.value === 'last')) return PAGE_SIZE_DEFAULT
  const { first, last } = args()
  const sizes = [first, last].filter((size) => typeof size === 'number')
  // A larger page is refused, and nothing of it read.
  return sizes.length === 0 ? PAGE_SIZE_DEFAULT : Math.min(Math.max(...sizes, 1), PAGE_SIZE_MAX)
}

/** Where they do not fit, the field is refused before it is resolved. */
function argumentsOf(scale: Scale, node: FieldNode, field: GraphQLField<unknown, unknown>): Record<string, unknown> {
  try {
    return getArgumentValues(field, node, scale.variables())
  } catch {
    return {}
  }
}
