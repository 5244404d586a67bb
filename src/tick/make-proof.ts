import { batchStatement } from '../protocol/batch-statement.js'
import { encodeSignature } from '../protocol/text-forms.js'
import { inclusionPath, leafHash, rootFromInclusion } from '../protocol/tree-hash.js'
import type { KeptSubmission } from './find-submissions.js'

/** Everything that a stranger needs to verify one tick alone (PROTOCOL §2.4). */
export interface TickProof {
  statement: string
  leaf: Buffer
  leafIndex: number
  leafCount: number
  /** From the leaf to the root; empty for a single tick. */
  path: Buffer[]
  /** Null when the tick statement itself was signed. */
  batchStatement: string | null
  signature: string
  publicKey: string
}

interface Proven {
  statement: string
  leafIndex: number
  publicKey: string
  submission: KeptSubmission
}

/** Null when the statement is not what was signed there. */
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
