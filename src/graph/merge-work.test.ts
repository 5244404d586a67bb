import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { MERGED_PAIRS_MAX } from '../limits.js'
import { measureMerging } from './merge-work.js'

function codeOf(document: string): unknown {
  try {
    measureMerging(parse(document))
    return 'SOUND'
  } catch (error) {
    return (error as { extensions: { code: unknown } }).extensions.code
  }
}

const many = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ')

describe('the work of merging fields', () => {
  it.each([
    ['{ a b c }', { fields: 3, pairs: 0 }],
    ['{ a a a }', { fields: 3, pairs: 3 }],
    ['{ x: a { b } x: a { b c } }', { fields: 5, pairs: 2 }],
    ['{ x: a { b } y: a { b } }', { fields: 4, pairs: 0 }],
    ['{ ...F ...F a } fragment F on Q { a }', { fields: 5, pairs: 2 }],
    ['{ ... on Q { a } ... on Q { a } }', { fields: 4, pairs: 1 }],
    ['query a { a } query b { a }', { fields: 2, pairs: 0 }],
  ])('of %s', (document, work) => {
    expect(measureMerging(parse(document))).toEqual(work)
  })

  it('is refused by the pairs of one name, nested or not, and takes what is below', () => {
    const most = Math.floor((1 + Math.sqrt(1 + 8 * MERGED_PAIRS_MAX)) / 2)
    expect(codeOf(`{ ${'a '.repeat(most)} }`)).toBe('SOUND')
    expect(codeOf(`{ ${'a '.repeat(most + 1)} }`)).toBe('LIMIT_EXCEEDED')
    expect(codeOf(`{ ${many(20, () => `x { ${'a '.repeat(10)} }`)} }`)).toBe('LIMIT_EXCEEDED')
  })

  it('is refused where fragments double each other', () => {
    const doubling = many(
      40,
      (index) => `fragment F${index} on Q { a: x { ...F${index + 1} } b: x { ...F${index + 1} } }`,
    )
    expect(codeOf(`{ ...F0 } ${doubling} fragment F40 on Q { c }`)).toBe('LIMIT_EXCEEDED')
  })

  it('is refused where many operations share many fragments', () => {
    const operations = many(200, (index) => `query Q${index} { ...F0 }`)
    const fragments = many(200, (index) => `fragment F${index} on Q { a ...F${index + 1} }`)
    expect(codeOf(`${operations} ${fragments} fragment F200 on Q { c }`)).toBe('LIMIT_EXCEEDED')
  })

  it('follows no circle of fragments, whatever its length and wherever it is spread', () => {
    const circle = many(
      100,
      (index) => `fragment F${index} on Q { x { ...F${(index + 1) % 100} ...F${(index + 2) % 100} } }`,
    )
    expect(codeOf(`{ ...F0 } ${circle}`)).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(codeOf('{ a } fragment F on Q { ...F }')).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(
      codeOf(
        `{ ...F0 } ${many(100, (index) => `fragment F${index} on Q { ...F${index + 1} }`)} fragment F100 on Q { a }`,
      ),
    ).toBe('SOUND')
  })
})
