import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** What a random document may name that is really there. */
export interface KnownThings {
  ids: readonly string[]
  /** Epoch milliseconds of the newest round. */
  lastRoundAt: number
}

const DEPTH_MAX = 12
const SPANS_MS = [60_000, 3_600_000, 86_400_000, 30 * 86_400_000, 90 * 86_400_000]

/** A query that is valid by the schema, the same for the same seed, and greedy: its pages and spans are mostly the largest. */
export function randomQuery(schema: GraphQLSchema, known: KnownThings, seed: number): string {
  const random = mulberry32(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const chance = (share: number) => random() < share
  let aliases = 0

  const value = (type: GraphQLInputType, name: string): string => {
    if (isNonNullType(type)) return value(type.ofType, name)
    if (isListType(type))
      return `[${Array.from({ length: 1 + Math.floor(random() * 3) }, () => value(type.ofType, name)).join(', ')}]`
    if (isEnumType(type)) return pick(type.getValues()).name
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields())
      const given = type.isOneOf ? [pick(fields)] : fields.filter((field) => isNonNullType(field.type) || chance(0.5))
      return `{ ${given.map((field) => `${field.name}: ${value(field.type, field.name)}`).join(', ')} }`
    }
    switch (type.name) {
      case 'Int':
        return String(/first|last/.test(name) ? pick([1, 20, 100, 100]) : pick([1, 2, 45, 100, 2_000]))
      case 'Boolean':
        return String(chance(0.5))
      case 'ID':
        return JSON.stringify(pick(known.ids))
      case 'DateTime':
        return JSON.stringify(new Date(known.lastRoundAt - (/to|end/i.test(name) ? 0 : pick(SPANS_MS))).toISOString())
      default:
        return JSON.stringify(pick(['UTC', 'Europe/Berlin', 'a', '']))
    }
  }

  const argumentsOf = (args: readonly GraphQLArgument[]): string => {
    const given = args.filter(({ name, type }) => isNonNullType(type) || (!/after|before/.test(name) && chance(0.6)))
    // A page is asked for from one end.
    const one = given.filter(({ name }) => name !== 'last' || !given.some((arg) => arg.name === 'first'))
    return one.length === 0 ? '' : `(${one.map(({ name, type }) => `${name}: ${value(type, name)}`).join(', ')})`
  }

  const write = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const alias = `a${(aliases += 1)}: `
    const isAliased = field.args.length > 0 && aliases < 90
    return `${isAliased ? alias : ''}${field.name}${argumentsOf(field.args)}${selection(field.type, depth - 1)}`
  }

  const selection = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type)
    if (!isCompositeType(named)) return ''
    if (isAbstractType(named)) {
      return ` { __typename ${schema
        .getPossibleTypes(named)
        .map((member) => `... on ${member.name}${selection(member, depth)}`)
        .join(' ')} }`
    }
    const fields = Object.values(named.getFields()).filter(
      (field) => depth > 1 || !isCompositeType(getNamedType(field.type)),
    )
    if (fields.length === 0 || !isObjectType(getNullableType(named))) return ' { __typename }'
    const chosen = fields.filter(({ name }) => name === 'edges' || name === 'node' || chance(0.35))
    return ` { ${[...new Set(chosen)].map((field) => write(field, depth)).join(' ') || '__typename'} }`
  }

  const roots = Object.values(schema.getQueryType()?.getFields() ?? {})
  const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(roots))
  const depth = 4 + Math.floor(random() * (DEPTH_MAX - 4))
  return `{ ${chosen.map((field, index) => `r${index}: ${field.name}${argumentsOf(field.args)}${selection(field.type, depth)}`).join(' ')} }`
}

/** A small generator of random numbers from 0 to 1, by its seed. */
function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
