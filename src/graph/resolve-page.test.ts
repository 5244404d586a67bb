import fc from 'fast-check'
import { describe, expect, inject, it } from 'vitest'
import { PAGE_SIZE_MAX } from '../limits.js'
import { startTestHub } from '../testing/test-hub.js'
import { createWebsites } from '../testing/test-validator.js'
import { type Cursor, type PageSlice, resolvePage } from './resolve-page.js'

interface Item {
  at: number
}

const CURSOR: Cursor<Item, number> = {
  of: ({ at }) => String(at),
  parse: (text) => (/^\d+$/.test(text) ? Number(text) : null),
}

interface Page {
  edges: { node: { id: string } }[]
  pageInfo: object
}

/** Reads as the database does. */
const readFrom =
  (items: readonly Item[]) =>
  ({ olderThan, newerThan, limit, order }: PageSlice<number>) => {
    const between = items.filter(({ at }) => at < (olderThan ?? Infinity) && at > (newerThan ?? -Infinity))
    between.sort((one, other) => (order === 'oldestFirst' ? one.at - other.at : other.at - one.at))
    return Promise.resolve(between.slice(0, limit))
  }

type Told = boolean | Promise<boolean>
const around = ({ hasPreviousPage, hasNextPage }: { hasPreviousPage: Told; hasNextPage: Told }) =>
  Promise.all([hasPreviousPage, hasNextPage])

/** Cursors of items that are there, and of some that are gone. */
const place = fc.option(fc.integer({ min: 0, max: 12 }).map(String), { nil: null })
const size = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null })
const list = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 10 })
const order = fc.constantFrom('newestFirst' as const, 'oldestFirst' as const)

describe('a page', () => {
  it('is what Relay says, and tells truly what lies around it', async () => {
    await fc.assert(
      fc.asyncProperty(list, order, place, place, size, fc.boolean(), async (ats, listed, after, before, n, isLast) => {
        const items = ats.map((at) => ({ at }))
        const page = { after, before, ...(n !== null && (isLast ? { last: n } : { first: n })) }
        const { edges, pageInfo } = await resolvePage(page, { cursor: CURSOR, listed, read: readFrom(items) })

        const sign = listed === 'oldestFirst' ? 1 : -1
        const all = ats.toSorted((one, other) => sign * (one - other))
        const isAfter = (at: number, bound: string | null) => bound === null || sign * (at - Number(bound)) > 0
        const isBefore = (at: number, bound: string | null) => bound === null || sign * (at - Number(bound)) < 0
        const within = all.filter((at) => isAfter(at, after) && isBefore(at, before))
        const fromEnd = isLast && n !== null ? true : n === null && before !== null && after === null
        const asked = fromEnd ? within.slice(-(n ?? 20)) : within.slice(0, n ?? 20)
        expect(edges.map(({ node }) => node.at)).toEqual(asked)
        expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
          edges[0]?.cursor ?? null,
          edges.at(-1)?.cursor ?? null,
        ])
        if (asked.length === 0) return
        const [first, last] = [all.indexOf(asked[0] ?? NaN), all.lastIndexOf(asked.at(-1) ?? NaN)]
        expect(await around(pageInfo)).toEqual([first > 0, last < all.length - 1])
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['nothing', [], null, null, [false, false]],
    ['nothing, whatever is asked for', [], '5', null, [false, false]],
    ['nothing between two', [], '5', '3', [false, false]],
    ['what ends before', [7, 8], '5', null, [true, false]],
    ['what begins behind', [1, 2], null, '5', [false, true]],
    ['what is on both sides', [1, 7], '5', '3', [true, true]],
    ['what is on one side', [1], '5', '3', [false, true]],
  ])('that is empty has no cursors, and knows of %s', async (_what, ats, after, before, lies) => {
    const read = readFrom(ats.map((at) => ({ at })))
    const { edges, pageInfo } = await resolvePage({ after, before, first: 3 }, { cursor: CURSOR, read })
    expect([edges, pageInfo.startCursor, pageInfo.endCursor]).toEqual([[], null, null])
    expect(await around(pageInfo)).toEqual(lies)
  })

  it.each([
    ['from both ends', { first: 1, last: 1 }, '`first` and `last` exclude each other'],
    ['of nothing', { first: 0 }, 'from 1 to'],
    ['of less than nothing', { last: -1 }, 'from 1 to'],
    ['too large', { first: PAGE_SIZE_MAX + 1 }, 'from 1 to'],
    ['after no cursor', { after: 'x' }, 'cursor of an earlier page'],
  ])('%s is refused, and nothing is read', async (_what, page, message) => {
    const read = () => Promise.reject(new Error('read'))
    await expect(resolvePage(page, { cursor: CURSOR, read })).rejects.toThrow(message)
  })

  it('looks around itself only where that is asked for', async () => {
    let reads = 0
    const read = (slice: PageSlice<number>) => {
      reads += 1
      return readFrom([{ at: 1 }, { at: 2 }])(slice)
    }
    const { pageInfo } = await resolvePage({ after: '2', before: '0' }, { cursor: CURSOR, read })
    expect(reads).toBe(1)
    expect(await around(pageInfo)).toEqual([true, false])
    expect(reads).toBe(3)
  })

  it('tells the same over GraphQL', async () => {
    const hub = await startTestHub(inject('template'))
    const ids = await createWebsites(hub, 3)
    const pageOf = async (args: string) => {
      const fields = 'edges { node { id } } pageInfo { hasPreviousPage hasNextPage startCursor endCursor }'
      const { data } = await hub.post(`{ websites${args} { ${fields} } }`, { token: hub.ownerToken })
      const { edges, pageInfo } = (data as { websites: Page }).websites
      return [edges.map(({ node }) => ids.indexOf(node.id)), pageInfo]
    }
    const info = (hasPreviousPage: boolean, hasNextPage: boolean, startCursor: unknown, endCursor: unknown) => ({
      hasPreviousPage,
      hasNextPage,
      startCursor,
      endCursor,
    })
    expect(await pageOf('(first: 1)')).toEqual([[0], info(false, true, ids[0], ids[0])])
    expect(await pageOf(`(first: 1, after: "${ids[0]}")`)).toEqual([[1], info(true, true, ids[1], ids[1])])
    expect(await pageOf(`(after: "${ids[2]}")`)).toEqual([[], info(true, false, null, null)])
    expect(await pageOf(`(last: 2, before: "${ids[2]}")`)).toEqual([[0, 1], info(false, true, ids[0], ids[1])])
    expect(await pageOf('(filter: { search: "nothing" })')).toEqual([[], info(false, false, null, null)])
    await hub.close()
  })
})
