import { readFile } from 'node:fs/promises'
import {
  Kind,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { printHubSchema } from './print-schema.js'
import { buildSchema } from './schema.js'

const schema = buildSchema()
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))

describe('schema', () => {
  it('is printed in schema.graphql', async () => {
    expect(`${printHubSchema()}\n`).toBe(await readFile('schema.graphql', 'utf8'))
  })

  it('describes every type, field, argument and value', () => {
    expect(ownTypes.flatMap(findUndescribed)).toEqual([])
  })

  it('has one connection for each type of node, whatever field pages it', () => {
    const connections = ownTypes.filter(isObjectType).filter((type) => 'edges' in type.getFields())
    const nodesOf = connections.map((type) => [type.name, nodeOf(type.getFields().edges?.type)])
    expect(connections.length).toBeGreaterThan(10)
    expect(nodesOf).toEqual(nodesOf.map(([, node]) => [`${node}Connection`, node]))
  })

  it('has the validator channel exactly as the protocol lays it down', async () => {
    const channel = parse(await readFile(new URL('../protocol/channel.graphql', import.meta.url), 'utf8'))
    const told = channel.definitions.flatMap((definition) => {
      if (!('name' in definition) || !definition.name) return []
      const type = definition.name.value
      if ('fields' in definition) {
        return (definition.fields ?? []).map((field) => {
          const args =
            'arguments' in field
              ? (field.arguments ?? []).map((one) => `${one.name.value}: ${printType(one.type)}`)
              : []
          return `${type}.${field.name.value}(${args.join(', ')}): ${printType(field.type)}`
        })
      }
      if ('values' in definition) return (definition.values ?? []).map((value) => `${type}.${value.name.value}`)
      return 'types' in definition ? (definition.types ?? []).map((member) => `${type} = ${member.name.value}`) : []
    })
    expect(told.filter((line) => !built().has(line))).toEqual([])
  })

  it('has exactly the enum values and union members of the channel', async () => {
    const channel = parse(await readFile(new URL('../protocol/channel.graphql', import.meta.url), 'utf8'))
    const enums = channel.definitions.filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    const unions = channel.definitions.filter((definition) => definition.kind === Kind.UNION_TYPE_DEFINITION)
    for (const { name, values = [] } of enums) {
      const type = schema.getType(name.value)
      const built = isEnumType(type) ? type.getValues().map((value) => value.name) : []
      expect(built.toSorted()).toEqual(values.map((value) => value.name.value).toSorted())
    }
    for (const { name, types = [] } of unions) {
      const type = schema.getType(name.value)
      const built = isUnionType(type) ? type.getTypes().map((member) => member.name) : []
      expect(built.toSorted()).toEqual(types.map((member) => member.name.value).toSorted())
    }
  })
})

function nodeOf(edges: GraphQLOutputType | undefined): string {
  const edge = edges && getNamedType(edges)
  const node = isObjectType(edge) && edge.getFields().node?.type
  return node ? getNamedType(node).name : ''
}

function printType(node: { kind: string; type?: unknown; name?: { value: string } }): string {
  if (node.kind === 'NonNullType') return `${printType(node.type as never)}!`
  if (node.kind === 'ListType') return `[${printType(node.type as never)}]`
  return node.name?.value ?? ''
}

/** One line for each field, value and member. */
function built(): Set<string> {
  return new Set(
    ownTypes.flatMap((type) => {
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        return Object.values(type.getFields()).map((field) => {
          const args =
            'args' in field ? field.args.map((one: GraphQLArgument) => `${one.name}: ${String(one.type)}`) : []
          return `${type.name}.${field.name}(${args.join(', ')}): ${String(field.type)}`
        })
      }
      if (isEnumType(type)) return type.getValues().map((value) => `${type.name}.${value.name}`)
      return isUnionType(type) ? type.getTypes().map((member) => `${type.name} = ${member.name}`) : []
    }),
  )
}

function findUndescribed(type: GraphQLNamedType): string[] {
  const missing = (place: string, { description }: { description?: string | null | undefined }) =>
    description ? [] : [place]
  const own = isBuiltIn(type) ? [] : missing(type.name, type)
  if (isEnumType(type))
    return [...own, ...type.getValues().flatMap((value) => missing(`${type.name}.${value.name}`, value))]
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return own
  const fields = Object.values(type.getFields()).flatMap((field) => [
    ...missing(`${type.name}.${field.name}`, field),
    ...('args' in field
      ? field.args.flatMap((one: GraphQLArgument) => missing(`${type.name}.${field.name}(${one.name})`, one))
      : []),
  ])
  return [...own, ...fields]
}

function isBuiltIn(type: GraphQLNamedType): boolean {
  return ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(getNamedType(type).name)
}
