import { createHash, hash as digest } from 'node:crypto'

/** RFC 6962 §2.1. The prefixes keep a node from being passed off as a leaf. */
const LEAF_PREFIX = '\u0000'
const NODE_PREFIX = Buffer.of(0x01)
const HASH_BYTES = 32

/** H(0x00 ‖ statement). */
export function leafHash(statement: string): Buffer {
  return digest('sha256', LEAF_PREFIX + statement, 'buffer')
}

/** Of none it is the SHA-256 of nothing. */
export function treeHash(leaves: readonly Uint8Array[]): Buffer {
  let level = leaves
  while (level.length > 1) level = parents(level)
  const root = level[0]
  return root === undefined ? createHash('sha256').digest() : Buffer.from(root)
}

/** RFC 6962 §2.1.1, the lowest first. Throws `RangeError` where there is no such leaf. */
export function inclusionPath(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (leaves[index] === undefined) throw new RangeError(`no leaf ${index} among ${leaves.length}`)
  const path: Buffer[] = []
  let position = index
  for (let level = leaves; level.length > 1; level = parents(level)) {
    const sibling = level[position % 2 === 0 ? position + 1 : position - 1]
    if (sibling !== undefined) path.push(Buffer.from(sibling))
    position = Math.floor(position / 2)
  }
  return path
}

/** RFC 9162 §2.1.3.2; `null` when a path of that length cannot belong there. Compare it with the signed root. Never throws. */
export function rootFromInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Buffer | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null
  if (![leaf, ...path].every((hash) => hash.length === HASH_BYTES)) return null
  let hash: Buffer = Buffer.from(leaf)
  let position = index
  let last = size - 1
  let used = 0
  while (last > 0) {
    if (position % 2 === 1 || position < last) {
      const sibling = path[used++]
      if (sibling === undefined) return null
      hash = position % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return used === path.length ? hash : null
}

/** Letting the odd one up gives the RFC's tree, split at the largest power of two below n. */
function parents(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = []
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = level.slice(index, index + 2)
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right))
  }
  return above
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest()
}
