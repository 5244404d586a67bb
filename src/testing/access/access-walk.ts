import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import type { PostAnswer } from '../test-hub.js'

/** What somebody got of a field: something, nothing, a code or the reason of a refusal. */
export type Cell = string

/** What was seen, by `Type.field`. */
export type Seen = Map<string, Cell>

/**
 * A root field with everything below it that can be asked for. Every field is called `Type__field`, so that an answer says
 * by itself what was seen of which type. Where a type comes up below itself only its own leaves are asked for.
 */
export function selectAll(schema: GraphQLSchema, root: GraphQLObjectType, name: string, args: string): string {
  const field = root.getFields()[name]
  if (!field) throw new Error(`there is no ${root.name}.${name}`)
  return `${root.name}__${name}: ${name}${args || argumentsOf(field)} ${below(schema, getNamedType(field.type), [])}`
}

function below(schema: GraphQLSchema, type: GraphQLNamedType, path: readonly string[]): string {
  if (isAbstractType(type)) {
    const members = schema.getPossibleTypes(type).map((one) => `... on ${one.name} ${below(schema, one, path)}`)
    return `{ __typename ${members.join(' ')} }`
  }
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const next = getNamedType(field.type)
    // A loop would not end, and shows nothing new.
    if (!isLeafType(next) && path.includes(type.name)) return []
    return [
      `${type.name}__${field.name}: ${field.name}${argumentsOf(field)} ${below(schema, next, [...path, type.name])}`,
    ]
  })
  return `{ __typename ${fields.join(' ')} }`
}

/** Where what is required is not to be seen in the schema. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  uptime: '(over: { window: LAST_24_HOURS })',
  history: '(over: { window: LAST_24_HOURS }, resolution: DAY)',
}

function argumentsOf({ name, args }: GraphQLField<unknown, unknown>): string {
  const known = ARGUMENTS[name]
  if (known !== undefined) return known
  const given = args.flatMap((argument) => {
    if (argument.name === 'first') return ['first: 30']
    return isRequiredArgument(argument) ? [`${argument.name}: ${valueOf(name, argument)}`] : []
  })
  return given.length === 0 ? '' : `(${given.join(', ')})`
}

function valueOf(field: string, { name, type }: GraphQLArgument): string {
  const named = getNamedType(type)
  if (isEnumType(named)) return named.getValues()[0]?.name ?? ''
  throw new Error(`say in ARGUMENTS what ${field} takes for ${name}`)
}

/** What an answer shows of each field. @throws at an error that is none of the caller. */
export function readAnswer({ data, errors = [] }: Pick<PostAnswer<unknown>, 'data' | 'errors'>, rootKey: string): Seen {
  const seen: Seen = new Map()
  walk(data, seen)
  for (const { path, extensions, message } of errors) {
    const code = String(extensions['code'])
    if (!/^(UNAUTHENTICATED|FORBIDDEN)$/.test(code)) throw new Error(`${code}: ${message} at ${path?.join('.')}`)
    const place = path?.findLast((step) => typeof step === 'string') ?? rootKey
    seen.set(nameOf(place), code)
  }
  return seen
}

function walk(value: unknown, seen: Seen): void {
  if (Array.isArray(value)) return value.forEach((one) => walk(one, seen))
  if (typeof value !== 'object' || value === null) return
  for (const [key, below] of Object.entries(value)) {
    if (!key.includes('__') || key === '__typename') continue
    note(seen, nameOf(key), cellOf(below))
    walk(below, seen)
  }
}

function cellOf(value: unknown): Cell {
  if (value === null) return 'null'
  if (Array.isArray(value) && value.length === 0) return 'empty'
  if (Array.isArray(value) && value.every((one) => one === null)) return 'null'
  const reason = typeof value === 'object' && Object.entries(value).find(([key]) => key.endsWith('Refused__reason'))
  return reason ? String(reason[1]) : 'shown'
}

const RANK = ['shown', 'empty', 'null']

/** Of several the one that shows most; a reason or a code is never hidden by less. */
export function note(seen: Seen, name: string, cell: Cell): void {
  const before = seen.get(name)
  if (before === undefined || RANK.indexOf(cell) < RANK.indexOf(before)) seen.set(name, cell)
}

function nameOf(key: string): string {
  return key.replace('__', '.')
}
