import fc from 'fast-check'
import { execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createTurnstile, type Turnstile } from '../turnstile.js'
import { Answer } from './answer.js'
import type { GraphContext } from './context.js'
import { createBuilder } from './create-builder.js'
import { atMost } from './items-max.js'

interface Item {
  name: string | null
  size: number
  at: Date
  big: bigint
  tags: readonly string[]
  children: readonly Item[]
}

function buildSchema(items: readonly Item[]) {
  const builder = createBuilder()
  const item = builder.objectRef<Item>('Item')
  item.implement({
    description: 'An item.',
    fields: (t) => ({
      name: t.exposeString('name', { nullable: true, description: 'Its name.' }),
      size: t.exposeFloat('size', { description: 'Its size.' }),
      at: t.expose('at', { type: 'DateTime', description: 'Its time.' }),
      big: t.expose('big', { type: 'BigInt', description: 'Its sum.' }),
      tags: t.exposeStringList('tags', { description: 'Its tags.', extensions: atMost(4) }),
      later: t.string({ nullable: true, description: 'Its name, late.', resolve: async ({ name }) => name }),
      children: t.expose('children', { type: [item], description: 'What lies below it.', extensions: atMost(30) }),
    }),
  })
  builder.queryField('items', (t) =>
    t.field({
      audience: 'EVERYONE',
      type: [item],
      description: 'All of them.',
      extensions: atMost(5_000),
      resolve: () => [...items],
    }),
  )
  builder.mutationField('nothing', (t) => t.boolean({ audience: 'EVERYONE', description: 'No.', resolve: () => true }))
  builder.subscriptionField('none', (t) =>
    t.boolean({
      audience: 'EVERYONE',
      description: 'No.',
      subscribe: async function* () {
        yield true
      },
      resolve: () => true,
    }),
  )
  return builder.toSchema()
}

async function run(items: readonly Item[], query: string, answer: Answer) {
  const contextValue = { answer, identity: { kind: 'anonymous' } } as GraphContext
  const result = execute({ schema: buildSchema(items), document: parse(query), contextValue })
  return (await Promise.race([result, answer.stopped])) as { data?: unknown; errors?: unknown; extensions?: unknown }
}

function countingTurnstile(): Turnstile & { turns: number } {
  const turnstile = createTurnstile()
  const counting = {
    turns: 0,
    enter: turnstile.enter,
    goOn: (work: () => void) => {
      counting.turns += 1
      turnstile.goOn(work)
    },
  }
  return counting
}

const leafItem = fc.record({
  name: fc.option(fc.string({ unit: 'binary' })),
  size: fc.double({ noNaN: true, noDefaultInfinity: true }),
  at: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }),
  big: fc.bigInt(),
  tags: fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }),
  children: fc.constant<readonly Item[]>([]),
})
const anyItem: fc.Arbitrary<Item> = fc.record({
  name: fc.option(fc.string()),
  size: fc.integer(),
  at: fc.constant(new Date(0)),
  big: fc.bigInt(),
  tags: fc.array(fc.string(), { maxLength: 2 }),
  children: fc.array(leafItem, { maxLength: 30 }),
})
const EVERYTHING = '{ items { name size at big tags later children { again: name size at big tags later } } }'

describe('the answer of an operation', () => {
  it('is stopped before its JSON is larger than it may be, and not much before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyItem, { maxLength: 30 }),
        fc.integer({ min: 1, max: 20_000 }),
        async (items, max) => {
          const whole = await run(items, EVERYTHING, new Answer(createTurnstile(), Infinity))
          expect(whole.errors).toBeUndefined()
          const bytes = Buffer.byteLength(JSON.stringify(whole.data))
          const answer = new Answer(createTurnstile(), max)
          const bounded = await run(items, EVERYTHING, answer)
          const isStopped = bounded.extensions !== undefined
          expect({ isStopped, data: bounded.data }).toEqual({ isStopped, data: isStopped ? undefined : whole.data })
          // Never later than it may be, and not much earlier.
          expect(isStopped || bytes <= max).toBe(true)
          expect(!isStopped || bytes * 1.5 > max).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('goes no further once it is too large', async () => {
    let resolved = 0
    const item = (): Item => ({
      get name() {
        resolved += 1
        return 'x'.repeat(100)
      },
      size: 1,
      at: new Date(0),
      big: 1n,
      tags: [],
      children: [],
    })
    const answer = new Answer(createTurnstile(), 1_000)
    const stopped = await run(Array.from({ length: 100 }, item), '{ items { name } }', answer)
    expect(stopped.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', of: 'answer' })
    expect(resolved).toBeLessThan(20)
  })

  it('gives way to others once in a thousand fields, in long lists and in many short ones', async () => {
    const leaf: Item = { name: 'n', size: 1, at: new Date(0), big: 1n, tags: [], children: [] }
    const long = countingTurnstile()
    await run(
      Array.from({ length: 5_000 }, () => leaf),
      '{ items { name size } }',
      new Answer(long, Infinity),
    )
    expect(long.turns).toBe(9)
    const short = countingTurnstile()
    const parents = Array.from({ length: 100 }, () => ({ ...leaf, children: Array.from({ length: 20 }, () => leaf) }))
    await run(parents, '{ items { children { name size at big tags } } }', new Answer(short, Infinity))
    expect(short.turns).toBeGreaterThanOrEqual(9)
  })
})

it('is not built for a list that does not say how many items it can hold', () => {
  const builder = createBuilder()
  builder.queryField('all', (t) => t.stringList({ audience: 'EVERYONE', description: 'All.', resolve: () => ['a'] }))
  expect(() => builder.toSchema()).toThrow('Query.all does not say how many items it can hold')
})
