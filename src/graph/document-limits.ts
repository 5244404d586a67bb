import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  GraphQLError,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  Kind,
  type GraphQLNamedType,
  OperationTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'
import type { DocumentLimits } from '../settings.js'
import { fault } from './fault.js'

/** What a selection comes to with its fragments spread out. What it costs depends on its variables, too: `documentCost`. */
type Weight = Omit<DocumentLimits, 'cost'>

const ADVICE: Readonly<Record<keyof DocumentLimits | 'introspection', string>> = {
  introspection: 'values of the schema: ask for it once, without aliases',
  depth: 'levels of nested fields',
  aliases: 'aliases',
  directives: 'directives',
  cost: 'cost: ask for smaller pages or fewer fields',
  mutations: 'mutations: send the others in documents of their own',
}

/** A validation rule, so that all transports refuse alike. Weighs each fragment once, however often it is spread. */
export function limitDocuments({ cost: _cost, ...limits }: DocumentLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document(document: DocumentNode) {
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue
        const weight = weighOperation(context, definition)
        for (const name of Object.keys(limits) as (keyof Weight)[]) {
          if (weight[name] <= limits[name]) continue
          const { message, extensions } = limitFault(name, limits[name], weight[name])
          context.reportError(new GraphQLError(message, { nodes: definition, extensions }))
        }
      }
    },
  })
}

export function limitFault(name: keyof typeof ADVICE, limit: number, asked: number): GraphQLError {
  const message = `The document comes to ${asked} of at most ${limit} ${ADVICE[name]}.`
  return fault('LIMIT_EXCEEDED', message, { limit, asked, of: name })
}

type Fragments = Map<string, Weight | 'OPEN'>

function weighOperation(context: ValidationContext, node: OperationDefinitionNode): Weight {
  const root = context.getSchema().getRootType(node.operation) ?? undefined
  const weight = weighSelection({ context, fragments: new Map() }, node.selectionSet, root)
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
}

const NOTHING: Weight = { depth: 0, aliases: 0, directives: 0, mutations: 0 }

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
    return { depth: 1, aliases, directives: 0, mutations: 1 }
  }
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {}
  const field = fields[name]
  const type = field && getNamedType(field.type)
  const below = weighSelection(scale, node.selectionSet, isCompositeType(type) ? type : undefined)
  return {
    depth: below.depth + 1,
    aliases: below.aliases + aliases,
    directives: below.directives,
    mutations: 1,
  }
}

function typeNamed({ context }: Scale, name: string | undefined): GraphQLNamedType | undefined {
  return name === undefined ? undefined : context.getSchema().getType(name)
}
