import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  type GraphQLNamedType,
  OperationTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  ValidationContext,
  type ValidationRule,
} from 'graphql'
import type { DocumentLimits } from '../settings.js'
import { fault } from './fault.js'
import { NODES_NAMED_MAX, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'

/** What a selection comes to with its fragments spread out. */
type Weight = DocumentLimits

/** What a list without a page size counts as. */
const LIST_SIZE = 10

const ADVICE: Readonly<Record<keyof DocumentLimits, string>> = {
  depth: 'fields below each other',
  aliases: 'aliases',
  directives: 'directives',
  cost: 'cost: ask for smaller pages or fewer fields',
  mutations: 'mutations: send the others in documents of their own',
}

/**
 * Refuses documents that ask for more than is allowed, before any of it is run. It is a validation rule so that HTTP,
 * SSE and WebSocket refuse alike. Every fragment is weighed once, however often it is spread.
 */
export function limitDocuments(limits: DocumentLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document(document: DocumentNode) {
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue
        const weight = weighOperation(context, definition)
        for (const name of Object.keys(limits) as (keyof DocumentLimits)[]) {
          if (weight[name] <= limits[name]) continue
          context.reportError(excess(name, limits[name], weight[name], definition))
        }
      }
    },
  })
}

/** What the costliest operation of a sound document comes to, as its limit counts it. */
export function documentCost(schema: GraphQLSchema, document: DocumentNode): number {
  const context = new ValidationContext(schema, document, new TypeInfo(schema), () => undefined)
  const costs = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? weighOperation(context, definition).cost : 0,
  )
  return Math.max(0, ...costs)
}

function excess(name: keyof DocumentLimits, limit: number, asked: number, node: OperationDefinitionNode): GraphQLError {
  const { message, extensions } = fault(
    'LIMIT_EXCEEDED',
    `The document comes to ${asked} of at most ${limit} ${ADVICE[name]}.`,
    { limit, asked, of: name },
  )
  return new GraphQLError(message, { nodes: node, extensions })
}

type Fragments = Map<string, Weight | 'OPEN'>

function weighOperation(context: ValidationContext, node: OperationDefinitionNode): Weight {
  const root = context.getSchema().getRootType(node.operation) ?? undefined
  const weight = weighSelection({ context, fragments: new Map(), operation: node }, node.selectionSet, root)
  const directives = node.directives?.length ?? 0
  return {
    ...weight,
    directives: weight.directives + directives,
    mutations: node.operation === OperationTypeNode.MUTATION ? weight.mutations : 0,
  }
}

interface Scale {
  context: ValidationContext
  fragments: Fragments
  operation: OperationDefinitionNode
}

const NOTHING: Weight = { depth: 0, aliases: 0, directives: 0, cost: 0, mutations: 0 }

/** `mutations` is the number of fields right in the selection. */
function weighSelection(scale: Scale, { selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): Weight {
  return selections.reduce<Weight>((sum, node) => {
    const directives = node.directives?.length ?? 0
    const own = ((): Weight => {
      switch (node.kind) {
        case Kind.FIELD:
          return weighField(scale, node, parent)
        case Kind.INLINE_FRAGMENT:
          return weighSelection(scale, node.selectionSet, typeNamed(scale, node.typeCondition?.name.value) ?? parent)
        case Kind.FRAGMENT_SPREAD:
          return weighFragment(scale, scale.context.getFragment(node.name.value))
      }
    })()
    return {
      depth: Math.max(sum.depth, own.depth),
      aliases: sum.aliases + own.aliases,
      directives: sum.directives + own.directives + directives,
      cost: sum.cost + own.cost,
      mutations: sum.mutations + own.mutations,
    }
  }, NOTHING)
}

/** A fragment that spreads itself is refused by another rule; here it counts as nothing where it does. */
function weighFragment(scale: Scale, fragment: FragmentDefinitionNode | null | undefined): Weight {
  if (!fragment) return NOTHING
  const name = fragment.name.value
  const known = scale.fragments.get(name)
  if (known !== undefined) return known === 'OPEN' ? NOTHING : known
  scale.fragments.set(name, 'OPEN')
  const weight = weighSelection(scale, fragment.selectionSet, typeNamed(scale, fragment.typeCondition.name.value))
  const directives = fragment.directives?.length ?? 0
  const whole = { ...weight, directives: weight.directives + directives }
  scale.fragments.set(name, whole)
  return whole
}

function weighField(scale: Scale, node: FieldNode, parent: GraphQLNamedType | undefined): Weight {
  const aliases = node.alias === undefined ? 0 : 1
  const name = node.name.value
  // Introspection is as deep as types are; the number of its tokens bounds it.
  if (!node.selectionSet || name === '__schema' || name === '__type') {
    return { depth: 1, aliases, directives: 0, cost: 1, mutations: 1 }
  }
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {}
  const field = fields[name]
  const type = field && getNamedType(field.type)
  const below = weighSelection(scale, node.selectionSet, isCompositeType(type) ? type : undefined)
  return {
    depth: below.depth + 1,
    aliases: below.aliases + aliases,
    directives: below.directives,
    cost: 1 + below.cost * (field && !('pageInfo' in fields) ? sizeOf(scale, node, field) : 1),
    mutations: 1,
  }
}

/** Items that a field may answer with; those of a page were counted where the page was asked for. */
function sizeOf({ operation }: Scale, node: FieldNode, field: GraphQLField<unknown, unknown>): number {
  if (!field.args.some(({ name }) => name === 'first')) {
    if (!isListType(getNullableType(field.type))) return 1
    return field.args.some(({ name }) => name === 'ids') ? idCountOf(node) : LIST_SIZE
  }
  const sizes = (node.arguments ?? [])
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => {
      if (value.kind === Kind.INT) return Number(value.value)
      if (value.kind !== Kind.VARIABLE) return PAGE_SIZE_DEFAULT
      const variable = operation.variableDefinitions?.find((one) => one.variable.name.value === value.name.value)
      // What a variable will hold is not known yet.
      return variable?.defaultValue?.kind === Kind.INT
        ? Math.max(Number(variable.defaultValue.value), PAGE_SIZE_MAX)
        : PAGE_SIZE_MAX
    })
  return sizes.length === 0 ? PAGE_SIZE_DEFAULT : Math.max(...sizes, 1)
}

/** A list of IDs that is written out counts as it is; what a variable will hold is not known yet. */
function idCountOf(node: FieldNode): number {
  const value = node.arguments?.find(({ name }) => name.value === 'ids')?.value
  return value?.kind === Kind.LIST ? value.values.length : NODES_NAMED_MAX
}

function typeNamed({ context }: Scale, name: string | undefined): GraphQLNamedType | undefined {
  return name === undefined ? undefined : context.getSchema().getType(name)
}
