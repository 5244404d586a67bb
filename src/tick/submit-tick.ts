import { leafHash } from '../protocol/tree-hash.js'
import { verifySignature } from '../protocol/signature-gate.js'
import type { Callback } from '../round/callback-id.js'
import type { KnownValidator } from '../validator/validator-directory.js'
import { findTask, rebuildStatement, type FoundTask } from './find-task.js'
import type { IntakeParts } from './intake.js'
import { judgeAnswer } from './judge-answer.js'
import { readSigner, type SignedInput } from './read-signer.js'
import { recordRefusal } from './record-refusal.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import { rejectionOf } from './rejection-of.js'
import type { SoundTick } from './submission.js'
import { openSubmissionGate, type Sender, type SubmissionGate } from './submission-gate.js'
import type { TaskFacts } from './task-facts.js'
import type { TickInput } from './tick-input.js'

type SingleInput = SignedInput & { tick: TickInput; sender: Sender }

export interface SubmitTickSuccess {
  kind: 'success'
  /** Names the stored tick. */
  callback: Callback
}

/** Takes in one signed answer. Success means that it is committed; a refusal has changed nothing. */
export async function submitTick(parts: IntakeParts, input: SingleInput): Promise<SubmitTickSuccess | TickRefusal> {
  try {
    if (!(await parts.intake.hasRoom())) return refuseTick('UNAVAILABLE')
    const outcome = await parts.intake.track(takeIn(parts, input))
    const isAccepted = outcome.kind === 'success'
    parts.bus.publish(
      'answersJudged',
      isAccepted ? { accepted: 1, refused: {} } : { accepted: 0, refused: { [outcome.reason]: 1 } },
    )
    return outcome
  } catch (error) {
    parts.log.error({ error }, 'an answer could not be taken in')
    return refuseTick('UNAVAILABLE')
  }
}

async function takeIn(parts: IntakeParts, input: SingleInput): Promise<SubmitTickSuccess | TickRefusal> {
  const receivedAt = parts.clock.now()
  const gate = await openSubmissionGate(parts, input)
  if ('kind' in gate) return gate
  const signed = await findSigned(parts, input)
  if (signed.kind === 'refused') {
    await gate.isBad()
    return signed
  }
  return (await gate.isSigned()) ?? store(parts, gate, { ...signed, receivedAt, hub: input.hub })
}

interface SignedTick {
  kind: 'signed'
  task: FoundTask
  facts: TaskFacts
  validator: KnownValidator
  statement: string
  signature: Buffer
}

/** Whose word it is, and about which task; or why it is nobody's. */
async function findSigned(parts: IntakeParts, input: SingleInput): Promise<SignedTick | TickRefusal> {
  const signer = readSigner(parts.settings, input)
  if (signer.kind === 'refused') return signer
  const { directory, facts: factsReader } = parts.intake
  const validator = await directory.findByKey(input.publicKey)
  const task = await findTask(parts, input.tick, validator?.no ?? null)
  if (task.kind === 'refused') return task
  const [facts] = await factsReader.find([task.callback])
  if (!validator || !facts) return refuseTick('UNKNOWN_CALLBACK')
  const statement = rebuildStatement(task, facts, input)
  if (!(await verifySignature(validator.key, statement, input.signature))) return refuseTick('BAD_SIGNATURE')
  return { kind: 'signed', task, facts, validator, statement, signature: signer.signature }
}

async function store(
  parts: IntakeParts,
  gate: SubmissionGate,
  { task, facts, validator, statement, signature, receivedAt, hub }: SignedTick & { receivedAt: number; hub: string },
): Promise<SubmitTickSuccess | TickRefusal> {
  let refusal = judgeAnswer(task, facts, validator)
  let isNew = false
  if (!refusal) {
    const { measurement, callback } = task
    const leaves = [leafHash(statement)]
    const tick: SoundTick = {
      submission: { validatorNo: validator.no, hub, receivedAt, batch: false, signature, leaves },
      callback,
      measurement,
      leafIndex: 0,
      late: callback.deadlineAt < receivedAt,
    }
    const [outcome] = await parts.intake.recorder.record([tick])
    isNew = outcome === 'STORED'
    refusal = rejectionOf(outcome)
    if (outcome === 'CONFLICT') await parts.intake.conflicts.record([{ tick, statement }])
  }
  if (!isNew) await gate.hasSpare(1)
  if (!refusal) return { kind: 'success', callback: task.callback }
  await recordRefusal(parts, validator, refusal)
  return refusal
}
