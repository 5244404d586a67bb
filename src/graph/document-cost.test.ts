import { readFileSync } from 'node:fs'
import { buildSchema, getOperationAST, type GraphQLObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { documentCost, schemaScale } from './document-cost.js'
import { atMost } from './items-max.js'

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))

function costOf(source: string, variables: Record<string, unknown> = {}, { on = schema, operation = '' } = {}) {
  const document = parse(source)
  const node = getOperationAST(document, operation === '' ? null : operation)
  if (!node) throw new Error('no operation')
  return documentCost(schemaScale(on), document, node, variables)
}

describe('what a document costs', () => {
  it.each<[string, number, Record<string, unknown>?]>([
    ['{ viewer { __typename } }', 2],
    ['{ ...A ...A } fragment A on Query { a: __typename b: __typename }', 4],
    // 100 + 3 × (edges 1 + node 1 + (100 + 4 × (edges 1 + node 1 + status 1)))
    ['{ websites(first: 3) { edges { node { ticks(first: 4) { edges { node { status } } } } } } }', 442],
    ['{ websites { edges { cursor } } }', 100 + 20 * 2],
    ['{ websites(last: 7) { edges { cursor } } }', 100 + 7 * 2],
    ['{ websites(first: 2, last: 50) { edges { cursor } } }', 100 + 50 * 2],
    // Refused without being read.
    ['{ websites(first: 1000000) { edges { cursor } } }', 100 + 100 * 2],
    // A variable weighs what it holds.
    ['query ($n: Int = 5) { websites(first: $n) { edges { cursor } } }', 100 + 5 * 2],
    ['query ($n: Int = 5) { websites(first: $n) { edges { cursor } } }', 100 + 60 * 2, { n: 60 }],
    ['query ($n: Int) { websites(first: $n) { edges { cursor } } }', 100 + 20 * 2],
    ['query ($n: Int) { websites(first: $n) { edges { cursor } } }', 100 + 20 * 2, { n: null }],
    ['query ($n: Int) { websites(first: $n) { edges { cursor } } }', 100 + 20 * 2, { n: 'all' }],
    ['{ __schema { types { fields { type { ofType { ofType { name } } } } } } }', 1],
    // A field that is refused elsewhere, and a fragment that spreads itself.
    ['{ nothing { at { all } } }', 1],
    ['{ ...A } fragment A on Query { b: __typename ...A }', 1],
  ])('%s', (source, cost, variables) => {
    expect(costOf(source, variables).cost).toBe(cost)
  })

  it('is that of the operation that is run', () => {
    const source = 'query A { a: __typename } query B { a: __typename b: __typename }'
    expect(costOf(source, {}, { operation: 'A' }).cost).toBe(1)
    expect(costOf(source, {}, { operation: 'B' }).cost).toBe(2)
  })

  it('is known beforehand where no variable changes it', () => {
    expect(costOf('query ($id: ID!) { website(id: $id) { id } }', { id: '1' })).toEqual({
      cost: 2,
      introspected: 0,
      isFixed: true,
    })
    expect(costOf('{ websites(first: 3) { edges { cursor } } }').isFixed).toBe(true)
    expect(costOf('query ($n: Int) { websites(first: $n) { edges { cursor } } }', { n: 3 }).isFixed).toBe(false)
  })

  it('weighs a fragment once, however often fragments spread each other', () => {
    const bomb = Array.from({ length: 200 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const { cost } = costOf(`{ ...F0 } ${bomb.join(' ')} fragment F200 on Query { a: __typename }`)
    expect(cost).toBe(2 ** 200)
  })

  describe('with lists', () => {
    const lists = buildSchema(`type Query {
      open: [Item!]! texts: [String!]! stated: [Item!]! asked(last: Int! = 45): [Item!] each(of: [ID!]!): [Int!]! }
      type Item { id: ID! }`)
    const { stated, asked, each } = (lists.getQueryType() as GraphQLObjectType).getFields()
    Object.assign(stated ?? {}, { extensions: atMost(8) })
    Object.assign(asked ?? {}, { extensions: atMost(({ last }) => Number(last)) })
    Object.assign(each ?? {}, { extensions: atMost(({ of }) => (of as string[]).length) })

    it.each<[string, number, Record<string, unknown>?]>([
      ['{ open { id } }', 1 + 10],
      ['{ texts }', 1 + 10],
      ['{ stated { id __typename } }', 1 + 8 * 2],
      ['{ asked { id } }', 1 + 45],
      ['{ asked(last: 3) { id } }', 1 + 3],
      ['query ($n: Int!) { asked(last: $n) { id } }', 1 + 70, { n: 70 }],
      ['query ($of: [ID!]!) { each(of: $of) }', 1 + 4, { of: ['a', 'b', 'c', 'd'] }],
    ])('%s', (source, cost, variables) => {
      expect(costOf(source, variables, { on: lists }).cost).toBe(cost)
    })
  })
})
