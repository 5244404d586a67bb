import { batchStatement } from '../protocol/batch-statement.js'
import { encodeSignature } from '../protocol/text-forms.js'
import { inclusionPath, leafHash, rootFromInclusion } from '../protocol/tree-hash.js'
import type { KeptSubmission } from './find-submissions.js'

/** Everything that a stranger needs to verify one tick alone (PROTOCOL §2.4). */
export interface TickProof {
  /** The tick statement. */
  statement: string
  /** Its leaf hash. */
  leaf: Buffer
  leafIndex: number
  /** How many ticks were sent together. */
  leafCount: number
  /** Siblings from the leaf to the root, the lowest first; empty for a single tick. */
  path: Buffer[]
  /** What was signed; null when it was the tick statement itself. */
  batchStatement: string | null
  /** base64. */
  signature: string
  /** base58. */
  publicKey: string
}

/** What is proven: a statement, by the submission that it came with. */
interface Proven {
  statement: string
  leafIndex: number
  publicKey: string
  submission: KeptSubmission
}

/** @returns null when the statement is not what was signed there: to show it as proven would be a lie. */
export function makeProof({ statement, leafIndex, publicKey, submission }: Proven): TickProof | null {
  const leaf = leafHash(statement)
  if (!submission.leaves[leafIndex]?.equals(leaf)) return null
  const leafCount = submission.leaves.length
  const path = inclusionPath(submission.leaves, leafIndex)
  const root = rootFromInclusion(leaf, leafIndex, leafCount, path)?.toString('hex') ?? ''
  return {
    statement,
    leaf,
    leafIndex,
    leafCount,
    path,
    batchStatement: submission.batch
      ? batchStatement({ hub: submission.hub, validator: publicKey, count: leafCount, root })
      : null,
    signature: encodeSignature(submission.signature),
    publicKey,
  }
}
