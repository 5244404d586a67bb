import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { DocumentLimits } from '../settings.js'
import { limitDocuments } from './document-limits.js'

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))
const WIDE: DocumentLimits = { depth: 100, aliases: 1000, directives: 1000, cost: 0, mutations: 1000 }

function faultsOf(document: string, limits: Partial<DocumentLimits>) {
  return validate(schema, parse(document), [limitDocuments({ ...WIDE, ...limits })]).map(({ message, extensions }) => ({
    message,
    ...extensions,
  }))
}

const NESTED = '{ websites(first: 3) { edges { node { ticks(first: 4) { edges { node { status } } } } } } }'

describe('the limits on a document', () => {
  it.each<[Exclude<keyof DocumentLimits, 'cost'>, string, number]>([
    ['depth', '{ viewer { __typename } }', 2],
    ['depth', NESTED, 7],
    ['depth', '{ ...A } fragment A on Query { viewer { __typename } }', 2],
    ['aliases', '{ a: __typename b: __typename viewer { c: __typename } }', 3],
    ['aliases', '{ ...A ...A } fragment A on Query { a: __typename b: __typename }', 4],
    ['directives', 'query @a { viewer @b { ... @c { __typename @skip(if: false) @skip(if: true) } } }', 5],
    ['directives', '{ ...A @a ...A } fragment A on Query @b { __typename @c }', 5],
    ['mutations', 'mutation { a: logOut b: logOut ...C } fragment C on Mutation { c: logOut ... { d: logOut } }', 4],
  ])('%s of %s is %i', (of, document, asked) => {
    expect(faultsOf(document, { [of]: asked })).toEqual([])
    expect(faultsOf(document, { [of]: asked - 1 })).toEqual([
      { code: 'LIMIT_EXCEEDED', of, limit: asked - 1, asked, message: expect.stringContaining(String(asked)) },
    ])
  })

  it('weigh a fragment once, however often fragments spread each other', () => {
    const bomb = Array.from({ length: 200 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const document = `{ ...F0 } ${bomb.join(' ')} fragment F200 on Query { a: __typename }`
    expect(faultsOf(document, { aliases: 1000 })).toContainEqual(
      expect.objectContaining({ of: 'aliases', asked: 2 ** 200 }),
    )
  })

  it('end at a fragment that spreads itself', () => {
    expect(faultsOf('{ ...A } fragment A on Query { b: __typename ...A }', {})).toEqual([])
  })

  it('leave introspection to the limit of tokens, and queries out of that of mutations', () => {
    const deep = `{ __schema { types { fields { type { ${'ofType { '.repeat(20)} name ${'} '.repeat(20)} } } } } }`
    expect(faultsOf(deep, { depth: 1 })).toEqual([])
    expect(faultsOf('{ a: __typename b: __typename }', { mutations: 1 })).toEqual([])
  })
})
