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
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'

type Weight = DocumentLimits

/** For a list without a page size. */
const LIST_SIZE = 10

const ADVICE: Readonly<Record<keyof DocumentLimits, string>> = {
  depth: 'levels of nested fields',
  aliases: 'aliases',
  directives: 'directives',
  cost: 'cost: ask for smaller pages or fewer fields',
  mutations: 'mutations: send the others in documents of their own',
}

/** A validation rule, so that all transports refuse alike. Weighs each fragment once, however often it is spread. */
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

/** The cost of the costliest operation of a valid document. */
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

/** `mutations` counts the fields directly in the selection. */
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

/** Another rule refuses fragments that spread themselves; here the inner spread counts as nothing. */
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
  // Introspection is as deep as types are; its number of tokens bounds it.
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

/** The items of a page were counted where the page was asked for. */
function sizeOf({ operation }: Scale, node: FieldNode, field: GraphQLField<unknown, unknown>): number {
  if (!field.args.some(({ name }) => name === 'first')) return isListType(getNullableType(field.type)) ? LIST_SIZE : 1
  const sizes = (node.arguments ?? [])
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => {
      if (value.kind === Kind.INT) return Number(value.value)
      if (value.kind !== Kind.VARIABLE) return PAGE_SIZE_DEFAULT
      const variable = operation.variableDefinitions?.find((one) => one.variable.name.value === value.name.value)
      return variable?.defaultValue?.kind === Kind.INT
        ? Math.max(Number(variable.defaultValue.value), PAGE_SIZE_MAX)
        : PAGE_SIZE_MAX
    })
  return sizes.length === 0 ? PAGE_SIZE_DEFAULT : Math.max(...sizes, 1)
}

function typeNamed({ context }: Scale, name: string | undefined): GraphQLNamedType | undefined {
  return name === undefined ? undefined : context.getSchema().getType(name)
}
