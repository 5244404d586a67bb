import { createHash } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { inclusionPath, leafHash, rootFromInclusion, treeHash } from './tree-hash.js'

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => leafHash(`statement ${index}\n`))

/** RFC 6962 §2.1 as it is written: from the top, split at the largest power of two below n. */
function rootByTheBook(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves
  if (first === undefined) return createHash('sha256').digest()
  if (leaves.length === 1) return first
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  const [left, right] = [rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split))]
  return createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), left, right]))
    .digest()
}

it('gives the root of the book at every size, and leaves its leaves alone', () => {
  for (let size = 0; size <= 130; size++) {
    const leaves = leavesOf(size)
    expect(treeHash(leaves)).toEqual(rootByTheBook(leaves))
    expect(leaves).toEqual(leavesOf(size))
  }
})

it('makes 500 leaves into a root in few milliseconds', () => {
  const leaves = leavesOf(500)
  const startedAt = performance.now()
  for (let round = 0; round < 10; round++) treeHash(leaves)
  expect((performance.now() - startedAt) / 10).toBeLessThan(50)
})

describe('inclusion', () => {
  it('leads every leaf to the root, of every size', () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33]) {
      const leaves = leavesOf(size)
      const root = treeHash(leaves)
      for (const [index, leaf] of leaves.entries()) {
        expect(rootFromInclusion(leaf, index, size, inclusionPath(leaves, index))).toEqual(root)
      }
    }
  })

  it('leads nothing else to the root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), fc.nat(), (size, at, other, bit) => {
        const leaves = leavesOf(size)
        const root = treeHash(leaves)
        const index = at % size
        const leaf = leaves[index] ?? Buffer.alloc(32)
        const path = inclusionPath(leaves, index)
        const elsewhere = (index + 1 + (other % (size - 1))) % size
        expect(rootFromInclusion(leaf, elsewhere, size, path)).not.toEqual(root)
        expect(rootFromInclusion(leaf, index, size, path.slice(1))).toBeNull()
        expect(rootFromInclusion(leaf, index, size, [...path, root])).toBeNull()
        const bent = path.map((hash) => Buffer.from(hash))
        const byte = bit % 32
        const hash = bent[bit % bent.length] ?? Buffer.alloc(32)
        hash[byte] = (hash[byte] ?? 0) ^ 1
        expect(rootFromInclusion(leaf, index, size, bent)).not.toEqual(root)
      }),
    )
  })

  it.each([
    ['an index beyond', 2, 2],
    ['a negative index', -1, 2],
    ['a broken index', 0.5, 2],
    ['no leaves', 0, 0],
    ['a size that is no number', 0, Number.NaN],
    ['endless leaves', 0, Number.POSITIVE_INFINITY],
  ])('refuses %s', (_, index, size) => {
    expect(rootFromInclusion(Buffer.alloc(32), index, size, [Buffer.alloc(32)])).toBeNull()
  })

  it('refuses hashes of another length, which could be cut two ways', () => {
    expect(rootFromInclusion(Buffer.alloc(31), 0, 2, [Buffer.alloc(33)])).toBeNull()
    expect(rootFromInclusion(Buffer.alloc(32), 0, 2, [Buffer.alloc(33)])).toBeNull()
  })

  it.each([-1, 3, 0.5, Number.NaN])('has no path for leaf %d of 3', (index) => {
    expect(() => inclusionPath(leavesOf(3), index)).toThrow(RangeError)
  })
})
