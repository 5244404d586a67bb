import type { BusEvents } from '../bus.js'
import { CONFLICTS_PER_VALIDATOR_MAX } from '../limits.js'
import { turn } from '../turnstile.js'
import type { Conflict } from './conflict.js'
import { findSigned, type SubmissionInput } from './find-signed.js'
import { rebuildStatement } from './find-task.js'
import type { IntakeParts } from './intake.js'
import { judgeTicks, type JudgedTick } from './judge-ticks.js'
import type { SignedInput } from './read-signer.js'
import { recordRefusal } from './record-refusal.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import { rejectionOf } from './rejection-of.js'
import type { SoundTick, StoredOutcome } from './submission.js'
import { openSubmissionGate } from './submission-gate.js'

export interface TakenIn {
  kind: 'taken'
  ticks: TakenTick[]
}

type TakenTick = { refusal: null; tick: SoundTick } | { refusal: TickRefusal; isSigned: boolean }

/** Takes in a signed submission. The accepted are committed when this resolves; a refusal of the whole has changed nothing. */
export async function takeInTicks(parts: IntakeParts, input: SubmissionInput): Promise<TakenIn | TickRefusal> {
  try {
    if (!(await parts.intake.hasRoom())) return refuseTick('UNAVAILABLE')
    const outcome = await parts.intake.track(takeIn(parts, input))
    parts.bus.publish('answersJudged', tally(outcome, input.ticks.length))
    return outcome
  } catch (error) {
    parts.log.error({ error }, 'answers could not be taken in')
    return refuseTick('UNAVAILABLE')
  }
}

async function takeIn(parts: IntakeParts, input: SubmissionInput): Promise<TakenIn | TickRefusal> {
  const receivedAt = parts.clock.now()
  const gate = await openSubmissionGate(parts, input)
  if ('kind' in gate) return gate
  const signed = await findSigned(parts, input, receivedAt)
  if (signed.kind === 'refused') {
    await gate.isBad()
    return signed
  }
  const { validator } = signed
  // Anybody can make keys without end: one that has never signed up proves nothing.
  if (validator === null) await gate.isBad()
  const tooMany = validator && (await gate.isSigned())
  if (tooMany) return tooMany
  if (input.kind === 'BATCH') await turn(parts.intake.turnstile)

  const judged = await judgeTicks(parts, input, signed)
  const sound = judged.filter((answer) => answer.kind === 'sound').map((answer) => answer.tick)
  const outcomes = await parts.intake.recorder.record(sound)
  const outcomeOf = new Map(sound.map((tick, index) => [tick, outcomes[index]]))
  await parts.intake.conflicts.record(conflictsIn(input, judged, outcomeOf))
  const ticks = judged.map((answer) => takenTick(answer, outcomeOf))
  if (validator) await gate.hasSpare(input.ticks.length - outcomes.filter((outcome) => outcome === 'STORED').length)
  // A batch's signature holds its leaves: who copies it can send any fields beside them.
  const last = ticks.findLast((tick) => tick.refusal !== null && tick.isSigned)
  if (validator && last?.refusal) await recordRefusal(parts, validator, last.refusal)
  return { kind: 'taken', ticks }
}

type Outcomes = ReadonlyMap<SoundTick, StoredOutcome | undefined>

/** Their statements are made again: few are ever needed. */
function conflictsIn(signer: SignedInput, judged: readonly JudgedTick[], outcomes: Outcomes): Conflict[] {
  return judged
    .filter((answer) => answer.kind === 'sound')
    .filter(({ tick }) => outcomes.get(tick) === 'CONFLICT')
    .slice(0, CONFLICTS_PER_VALIDATOR_MAX)
    .map(({ tick, known }) => ({ tick, statement: rebuildStatement(known.task, known.facts, signer) }))
}

function takenTick(answer: JudgedTick, outcomes: Outcomes): TakenTick {
  if (answer.kind === 'refused') return answer
  const refusal = rejectionOf(outcomes.get(answer.tick))
  return refusal ? { refusal, isSigned: true } : { refusal: null, tick: answer.tick }
}

function tally(outcome: TakenIn | TickRefusal, count: number): BusEvents['answersJudged'] {
  if (outcome.kind === 'refused') return { accepted: 0, refused: { [outcome.reason]: count } }
  const refused: Record<string, number> = {}
  let accepted = 0
  for (const { refusal } of outcome.ticks) {
    if (refusal === null) accepted += 1
    else refused[refusal.reason] = (refused[refusal.reason] ?? 0) + 1
  }
  return { accepted, refused }
}
