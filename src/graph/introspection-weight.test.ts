import { readFileSync } from 'node:fs'
import { buildSchema, getIntrospectionQuery, getOperationAST, graphqlSync, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { INTROSPECTED_MAX } from '../limits.js'
import { documentCost, schemaScale } from './document-cost.js'

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))
const scale = schemaScale(schema)

function weigh(source: string): number {
  const document = parse(source)
  const operation = getOperationAST(document)
  if (!operation) throw new Error('no operation')
  return documentCost(scale, document, operation, {}).introspected
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, each) => sum + (Array.isArray(value) ? 0 : 1) + countValues(each), 0)
}

const aliases = (count: number, field: string) => Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')

describe('the weight of an introspection', () => {
  it.each([
    getIntrospectionQuery(),
    getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
    '{ __schema { types { name fields { name type { name } } } } }',
    '{ __schema { types { fields { type { fields { name description } } } } } }',
    '{ __schema { types { fields { args { type { inputFields { name } } } } } } }',
    '{ __schema { ...S } } fragment S on __Schema { types { possibleTypes { fields { name } } enumValues { name } } }',
    '{ __type(name: "Website") { fields { name } } }',
  ])('is at least what it comes to, and no killer: %s', (source) => {
    const { data, errors } = graphqlSync({ schema, source })
    expect(errors).toBeUndefined()
    // A single type is not an average one.
    const slack = source.includes('__type(') ? 100 : 0
    expect(weigh(source) + slack).toBeGreaterThanOrEqual(countValues(data))
    expect(weigh(source)).toBeLessThan(INTROSPECTED_MAX / 3)
  })

  it('is beyond all bounds with aliases, and nothing where the schema is not asked for', () => {
    expect(weigh(`{ __schema { types { fields { type { fields { ${aliases(95, 'name')} } } } } } }`)).toBeGreaterThan(
      INTROSPECTED_MAX,
    )
    expect(weigh(`{ ${aliases(50, '__schema { types { fields { type { fields { name } } } } }')} }`)).toBeGreaterThan(
      INTROSPECTED_MAX,
    )
    expect(weigh('{ websites { edges { cursor } } }')).toBe(0)
  })

  it('follows fragments that spread themselves, which others refuse, no further than once', () => {
    expect(weigh('{ __schema { ...S } } fragment S on __Schema { queryType { name } ...S }')).toBe(2)
  })
})
