import { CONFLICTS_PER_VALIDATOR_MAX, JUDGED_PER_TURN_MAX } from '../limits.js'
import type { BusEvents } from '../bus.js'
import { batchStatement } from '../protocol/batch-statement.js'
import { TICKS_PER_BATCH_MAX } from '../protocol/limits.js'
import { importPublicKey, verifySignature } from '../protocol/signature-gate.js'
import { isHash } from '../protocol/text-forms.js'
import { leafHash, treeHash } from '../protocol/tree-hash.js'
import { nextTurn, turn, type Turnstile } from '../turnstile.js'
import type { KnownValidator } from '../validator/validator-directory.js'
import { findTask, rebuildStatement, type FoundTask } from './find-task.js'
import type { IntakeParts } from './intake.js'
import { judgeAnswer } from './judge-answer.js'
import type { Conflict } from './conflict.js'
import { readSigner, type SignedInput } from './read-signer.js'
import { recordRefusal } from './record-refusal.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import { rejectionOf } from './rejection-of.js'
import type { SoundTick, StoredOutcome, Submission } from './submission.js'
import { openSubmissionGate, type Sender } from './submission-gate.js'
import type { TaskFacts } from './task-facts.js'
import type { TickInput } from './tick-input.js'

type BatchInput = SignedInput & { ticks: readonly TickInput[]; sender: Sender }

export interface SubmitTicksSuccess {
  kind: 'success'
  /** Repeats of a stored answer count as accepted. */
  acceptedCount: number
  rejected: { callbackId: string; refusal: TickRefusal }[]
}

/**
 * Takes in a signed batch of answers. Each is accepted or refused alone; the accepted are committed when this resolves,
 * and a refusal of the whole batch has changed nothing.
 */
export async function submitTicks(parts: IntakeParts, input: BatchInput): Promise<SubmitTicksSuccess | TickRefusal> {
  try {
    if (!(await parts.intake.hasRoom())) return refuseTick('UNAVAILABLE')
    const outcome = await parts.intake.track(takeIn(parts, input))
    parts.bus.publish('answersJudged', tally(outcome, input.ticks.length))
    return outcome
  } catch (error) {
    parts.log.error({ error }, 'a batch of answers could not be taken in')
    return refuseTick('UNAVAILABLE')
  }
}

async function takeIn(parts: IntakeParts, input: BatchInput): Promise<SubmitTicksSuccess | TickRefusal> {
  const receivedAt = parts.clock.now()
  const gate = await openSubmissionGate(parts, input)
  if ('kind' in gate) return gate
  const signed = await findSigned(parts, input, receivedAt)
  if (signed.kind === 'refused') {
    await gate.isBad()
    return signed
  }
  const { submission, validator } = signed
  // Anybody can make keys without end: one that has never signed up proves nothing.
  if (validator === null) await gate.isBad()
  const tooMany = validator && (await gate.isSigned())
  if (tooMany) return tooMany
  await turn(parts.intake.turnstile)

  const answers = await judgeAll(parts, input, submission, validator)
  const sound = answers.filter((answer) => answer.kind === 'sound').map((answer) => answer.tick)
  const outcomes = await parts.intake.recorder.record(sound)
  const outcomeOf = new Map(sound.map((tick, index) => [tick, outcomes[index]]))
  await parts.intake.conflicts.record(conflictsIn(input, answers, outcomeOf))
  const rejected = rejectedOf(input, answers, outcomeOf)
  if (validator) await gate.hasSpare(input.ticks.length - outcomes.filter((outcome) => outcome === 'STORED').length)
  // A batch's signature holds its leaves: who copies it can send any fields beside them.
  const last = rejected.findLast(({ isSigned }) => isSigned)
  if (validator && last) await recordRefusal(parts, validator, last.refusal)
  return { kind: 'success', acceptedCount: input.ticks.length - rejected.length, rejected }
}

interface SignedBatch {
  kind: 'signed'
  submission: Submission
  /** Null for a key that has never signed up. */
  validator: KnownValidator | null
}

/** A batch with its right signature; or why there is none. */
async function findSigned(
  parts: IntakeParts,
  input: BatchInput,
  receivedAt: number,
): Promise<SignedBatch | TickRefusal> {
  const signer = readSigner(parts.settings, input)
  if (signer.kind === 'refused') return signer
  const formFault = findBatchFault(input)
  if (formFault !== null) return refuseTick('INVALID', formFault)
  const validator = await parts.intake.directory.findByKey(input.publicKey)
  const leaves = input.ticks.map(({ leaf }) => Buffer.from(leaf ?? '', 'hex'))
  if (!(await isSigned(input, leaves, validator))) return refuseTick('BAD_SIGNATURE')
  const { hub } = input
  const { signature } = signer
  const validatorNo = validator?.no ?? 0
  return { kind: 'signed', submission: { validatorNo, hub, receivedAt, batch: true, signature, leaves }, validator }
}

function findBatchFault({ ticks }: BatchInput): string | null {
  if (ticks.length < 1 || ticks.length > TICKS_PER_BATCH_MAX) {
    return `A batch must hold 1 to ${TICKS_PER_BATCH_MAX} ticks, and this one holds ${ticks.length}.`
  }
  const index = ticks.findIndex(({ leaf }) => leaf == null || !isHash(leaf))
  return index === -1
    ? null
    : `ticks[${index}].leaf must be the leaf hash of its statement, 64 digits of lower-case hex.`
}

async function isSigned(input: BatchInput, leaves: readonly Buffer[], validator: KnownValidator | null) {
  const key = validator?.key ?? importPublicKey(input.publicKey)
  if (key === null) return false
  const { hub, publicKey } = input
  const root = treeHash(leaves).toString('hex')
  const statement = batchStatement({ hub, validator: publicKey, count: leaves.length, root })
  return verifySignature(key, statement, input.signature)
}

type JudgedAnswer =
  | { kind: 'sound'; tick: SoundTick; task: FoundTask; facts: TaskFacts }
  /** `isSigned`: its leaf is that of its fields, so that it is the validator's own word. */
  | { kind: 'refused'; refusal: TickRefusal; isSigned: boolean }

async function judgeAll(
  parts: IntakeParts,
  input: BatchInput,
  submission: Submission,
  validator: KnownValidator | null,
): Promise<JudgedAnswer[]> {
  const { facts, turnstile } = parts.intake
  const tasks = await inTurns(turnstile, input.ticks, (tick) => findTask(parts, tick, validator?.no ?? null))
  const found = tasks.filter((task) => task.kind === 'found')
  const foundFacts = await facts.find(found.map((task) => task.callback))
  const factsOf = new Map(found.map((task, index) => [task, foundFacts[index] ?? null]))
  return inTurns(turnstile, tasks, (task, leafIndex): JudgedAnswer => {
    if (task.kind === 'refused') return { kind: 'refused', refusal: task, isSigned: false }
    const known = factsOf.get(task)
    if (!validator || !known) return { kind: 'refused', refusal: refuseTick('UNKNOWN_CALLBACK'), isSigned: false }
    return judgeOne(task, known, input, { submission, validator, leafIndex })
  })
}

/** Works through a batch, some ticks in a turn of the event loop. */
async function inTurns<Item, Result>(
  turnstile: Turnstile,
  items: readonly Item[],
  work: (item: Item, index: number) => Result | Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let first = 0; first < items.length; first += JUDGED_PER_TURN_MAX) {
    if (first > 0) await nextTurn(turnstile)
    const slice = items.slice(first, first + JUDGED_PER_TURN_MAX)
    results.push(...(await Promise.all(slice.map((item, offset) => work(item, first + offset)))))
  }
  return results
}

function judgeOne(
  task: FoundTask,
  facts: TaskFacts,
  signer: SignedInput,
  { submission, validator, leafIndex }: { submission: Submission; validator: KnownValidator; leafIndex: number },
): JudgedAnswer {
  const leaf = leafHash(rebuildStatement(task, facts, signer))
  if (!submission.leaves[leafIndex]?.equals(leaf)) {
    return { kind: 'refused', refusal: refuseTick('BAD_SIGNATURE'), isSigned: false }
  }
  const refusal = judgeAnswer(task, facts, validator)
  if (refusal) return { kind: 'refused', refusal, isSigned: true }
  const { callback, measurement } = task
  const late = callback.deadlineAt < submission.receivedAt
  return { kind: 'sound', tick: { submission, callback, measurement, leafIndex, late }, task, facts }
}

type Outcomes = ReadonlyMap<SoundTick, StoredOutcome | undefined>

/** Answers to tasks that the key has answered otherwise. Their statements are made again: few are ever needed. */
function conflictsIn(signer: SignedInput, answers: readonly JudgedAnswer[], outcomes: Outcomes): Conflict[] {
  return answers
    .filter((answer) => answer.kind === 'sound')
    .filter(({ tick }) => outcomes.get(tick) === 'CONFLICT')
    .slice(0, CONFLICTS_PER_VALIDATOR_MAX)
    .map(({ tick, task, facts }) => ({ tick, statement: rebuildStatement(task, facts, signer) }))
}

function rejectedOf(input: BatchInput, answers: readonly JudgedAnswer[], outcomes: Outcomes) {
  return answers.flatMap((answer, index) => {
    const refusal = answer.kind === 'sound' ? rejectionOf(outcomes.get(answer.tick)) : answer.refusal
    const callbackId = input.ticks[index]?.callbackId ?? ''
    return refusal ? [{ callbackId, refusal, isSigned: answer.kind === 'sound' || answer.isSigned }] : []
  })
}

function tally(outcome: SubmitTicksSuccess | TickRefusal, count: number): BusEvents['answersJudged'] {
  if (outcome.kind === 'refused') return { accepted: 0, refused: { [outcome.reason]: count } }
  const refused: Record<string, number> = {}
  for (const { refusal } of outcome.rejected) refused[refusal.reason] = (refused[refusal.reason] ?? 0) + 1
  return { accepted: outcome.acceptedCount, refused }
}
