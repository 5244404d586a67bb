import { batchStatement } from '../protocol/batch-statement.js'
import { TICKS_PER_BATCH_MAX } from '../protocol/limits.js'
import { importPublicKey, verifySignature } from '../protocol/signature-gate.js'
import { isHash } from '../protocol/text-forms.js'
import { leafHash, treeHash } from '../protocol/tree-hash.js'
import type { KnownValidator } from '../validator/validator-directory.js'
import { findKnownTasks, type KnownTask } from './find-known-tasks.js'
import { rebuildStatement } from './find-task.js'
import type { IntakeParts } from './intake.js'
import { readSigner, type SignedInput } from './read-signer.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { Submission } from './submission.js'
import type { Sender } from './submission-gate.js'
import type { TickInput } from './tick-input.js'

/** One answer under the signature of its own statement, or many under that of a batch. */
export interface SubmissionInput extends SignedInput {
  kind: 'SINGLE' | 'BATCH'
  ticks: readonly TickInput[]
  sender: Sender
}

export interface SignedSubmission {
  kind: 'signed'
  submission: Submission
  /** Null for a key that has never signed up. */
  validator: KnownValidator | null
  known: readonly KnownTask[] | null
}

/** Whose word a submission is; or why it is nobody's. */
export async function findSigned(
  parts: IntakeParts,
  input: SubmissionInput,
  receivedAt: number,
): Promise<SignedSubmission | TickRefusal> {
  const signer = readSigner(parts.settings, input)
  if (signer.kind === 'refused') return signer
  const isBatch = input.kind === 'BATCH'
  const formFault = isBatch ? findBatchFault(input.ticks) : null
  if (formFault !== null) return refuseTick('INVALID', formFault)
  const validator = await parts.intake.directory.findByKey(input.publicKey)
  const signed = isBatch ? textOfBatch(input) : await textOfTick(parts, input, validator)
  if (signed.kind === 'refused') return signed
  const { text, leaves, known } = signed
  const { signature } = signer
  const key = validator?.key ?? importPublicKey(input.publicKey)
  if (key === null || !(await verifySignature(key, text, signature))) return refuseTick('BAD_SIGNATURE')
  const { hub } = input
  const submission = { validatorNo: validator?.no ?? 0, hub, receivedAt, batch: isBatch, signature, leaves }
  return { kind: 'signed', submission, validator, known }
}

function findBatchFault(ticks: readonly TickInput[]): string | null {
  if (ticks.length < 1 || ticks.length > TICKS_PER_BATCH_MAX) {
    return `A batch must hold 1 to ${TICKS_PER_BATCH_MAX} ticks, and this one holds ${ticks.length}.`
  }
  const index = ticks.findIndex(({ leaf }) => leaf == null || !isHash(leaf))
  return index === -1
    ? null
    : `ticks[${index}].leaf must be the leaf hash of its statement, 64 digits of lower-case hex.`
}

type SignedText = { kind: 'text'; text: string; leaves: readonly Buffer[] } & Pick<SignedSubmission, 'known'>

function textOfBatch({ hub, publicKey, ticks }: SubmissionInput): SignedText {
  const leaves = ticks.map(({ leaf }) => Buffer.from(leaf ?? '', 'hex'))
  const root = treeHash(leaves).toString('hex')
  const text = batchStatement({ hub, validator: publicKey, count: leaves.length, root })
  return { kind: 'text', text, leaves, known: null }
}

async function textOfTick(
  parts: IntakeParts,
  input: SubmissionInput,
  validator: KnownValidator | null,
): Promise<SignedText | TickRefusal> {
  const [known] = await findKnownTasks(parts, input.ticks, validator)
  if (known === undefined) throw new Error('a submission holds a tick')
  if (known.kind === 'refused') return known
  const text = rebuildStatement(known.task, known.facts, input)
  return { kind: 'text', text, leaves: [leafHash(text)], known: [known] }
}
