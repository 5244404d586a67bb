import fc from 'fast-check'
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createKeyPair } from '../protocol/sign-statement.js'
import { hubSchema } from '../hub/schema.js'
import { responseFault, useGarbageWorld, strangeText, strangeValue } from '../testing/api/garbage.js'

const world = useGarbageWorld()

const schema = hubSchema()

/** Mostly valid values, to get far, and sometimes others. */
function valueOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: soundValueOf(type) }, { weight: 1, arbitrary: strangeValue })
}

function soundValueOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType)
  if (isListType(type)) return fc.array(valueOf(type.ofType), { maxLength: 3 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const required = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name)
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field.type)])), {
      requiredKeys: required,
    })
  }
  return SCALARS[getNamedType(type).name] ?? strangeText
}

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Int: fc.oneof(fc.integer(), fc.integer({ min: 0, max: 100 })),
  Float: fc.double(),
  Boolean: fc.boolean(),
  ID: fc.oneof(fc.uuid(), strangeText),
  String: fc.oneof(strangeText, fc.constantFrom('http://127.0.0.1:9/', 'UTC', '03:00', 'name', 'a@example.com')),
  DateTime: fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc
      .date({ min: new Date('2026-11-01'), max: new Date('2026-12-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    strangeText,
  ),
  PublicKey: fc.oneof(fc.constant(createKeyPair().publicKey), strangeText),
}

const documentOf = (operation: string, name: string, args: readonly GraphQLArgument[], selects: string) => {
  const variables = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  return `${operation} (${variables}) { ${name}(${given}) ${selects} }`
}

const fields = (['query', 'mutation'] as const).flatMap((operation) => {
  const type = operation === 'query' ? schema.getQueryType() : schema.getMutationType()
  return Object.values(type?.getFields() ?? {})
    .filter(({ args }) => args.length > 0)
    .map((field) => ({ operation, field }))
})

describe('variables', () => {
  it.each(fields.map(({ operation, field }) => [`${operation} ${field.name}`, operation, field] as const))(
    'of %s',
    async (_name, operation, { name, args, type }) => {
      const query = documentOf(operation, name, args, isLeafType(getNamedType(type)) ? '' : '{ __typename }')
      const variables = fc.record(Object.fromEntries(args.map((arg) => [arg.name, valueOf(arg.type)])))
      const tokens = [world.hub.ownerToken, world.hub.operatorToken, world.member.sessionToken]
      await fc.assert(
        fc.asyncProperty(variables, fc.constantFrom(...tokens), async (given, token) => {
          const { status, ...body } = await world.hub.post(query, { variables: given, token })
          expect(status).toBeLessThan(500)
          expect(responseFault(body)).toBeNull()
        }),
        { numRuns: 15 },
      )
      await world.expectUnharmed()
    },
  )
})

describe('documents', () => {
  const SOUND = [
    '{ websites(first: 3) { totalCount edges { cursor node { id name url } } pageInfo { hasNextPage } } }',
    'query Q($id: ID!) { website(id: $id) { id ... on Website { name } ...F @include(if: true) } } fragment F on Website { url }',
    'mutation { createApiToken(input: { name: "x", readOnly: true }) { __typename ... on CreateApiTokenSuccess { token } } }',
    'mutation { submitTick(input: { publicKey: "x", hub: "y", signature: "z", tick: {} }) { __typename } }',
    '{ __schema { types { name fields(includeDeprecated: true) { name } } } __type(name: "Query") { name } }',
    'subscription { websiteChanged { __typename } }',
  ]
  const edit = fc.record({
    at: fc.nat(300),
    cut: fc.nat(12),
    put: fc.oneof(
      strangeText,
      fc.constantFrom('{', '}', '(', ')', '"', '"""', '...', '@', '$', '#', '__typename ', '!', '\\u'),
    ),
  })

  it('with anything cut out of them and put into them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOUND),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (sound, edits, isGet) => {
          let query = sound
          for (const { at, cut, put } of edits) query = query.slice(0, at) + put + query.slice(at + cut)
          const response = isGet
            ? await fetch(`${world.hub.url}/graphql?${new URLSearchParams({ query })}`)
            : await fetch(`${world.hub.url}/graphql`, {
                method: 'POST',
                headers: { 'content-type': 'application/json', authorization: `Bearer ${world.hub.ownerToken}` },
                body: JSON.stringify({ query }),
              })
          expect(response.status).toBeLessThan(500)
          const type = response.headers.get('content-type') ?? ''
          const isStream = type.startsWith('text/event-stream')
          if (isStream) await response.body?.cancel()
          expect(isStream ? null : responseFault(await response.json())).toBeNull()
        },
      ),
      { numRuns: 200 },
    )
  })
})
