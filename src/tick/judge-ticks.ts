import { leafHash } from '../protocol/tree-hash.js'
import type { KnownValidator } from '../validator/validator-directory.js'
import { findKnownTasks, type KnownTask } from './find-known-tasks.js'
import type { SignedSubmission, SubmissionInput } from './find-signed.js'
import { rebuildStatement } from './find-task.js'
import { inTurns } from './in-turns.js'
import type { IntakeParts } from './intake.js'
import { judgeAnswer } from './judge-answer.js'
import type { SignedInput } from './read-signer.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { SoundTick, Submission } from './submission.js'

export type JudgedTick =
  | { kind: 'sound'; tick: SoundTick; known: KnownTask }
  /** `isSigned`: its leaf is that of its fields, so that it is the validator's own word. */
  | { kind: 'refused'; refusal: TickRefusal; isSigned: boolean }

/** Judges each tick of a signed submission alone. */
export async function judgeTicks(
  parts: IntakeParts,
  input: SubmissionInput,
  { submission, validator, known }: SignedSubmission,
): Promise<JudgedTick[]> {
  const tasks = known ?? (await findKnownTasks(parts, input.ticks, validator))
  return inTurns(parts.intake.turnstile, tasks, (slice, first) =>
    slice.map((task, offset): JudgedTick => {
      if (task.kind === 'refused') return { kind: 'refused', refusal: task, isSigned: false }
      return judgeTick(task, input, { submission, validator, leafIndex: first + offset })
    }),
  )
}

function judgeTick(
  known: KnownTask,
  signer: SignedInput,
  { submission, validator, leafIndex }: { submission: Submission; validator: KnownValidator | null; leafIndex: number },
): JudgedTick {
  const { task, facts } = known
  // The signature of a single tick is over its statement itself.
  const isSigned =
    !submission.batch || submission.leaves[leafIndex]?.equals(leafHash(rebuildStatement(task, facts, signer)))
  if (!validator || !isSigned) return { kind: 'refused', refusal: refuseTick('BAD_SIGNATURE'), isSigned: false }
  const refusal = judgeAnswer(task, facts, validator)
  if (refusal) return { kind: 'refused', refusal, isSigned: true }
  const { callback, measurement } = task
  const late = callback.deadlineAt < submission.receivedAt
  return { kind: 'sound', tick: { submission, callback, measurement, leafIndex, late }, known }
}
