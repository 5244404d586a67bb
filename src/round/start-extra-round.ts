import type { OperatorActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { parseInstant } from '../protocol/text-forms.js'
import { HOUR_MS } from '../time.js'
import type { Rounds } from './run-rounds.js'
import type { NotStarted, StartedRound } from './start-round.js'

/** A typo in the year would keep the answers from being seen for as long. */
const AHEAD_MAX_MS = HOUR_MS

const MESSAGES = {
  INVALID_INSTANT: 'roundAt must be an instant spelt YYYY-MM-DDTHH:mm:ss.sssZ, such as 2026-11-22T13:00:00.000Z.',
  TOO_FAR_AHEAD: 'roundAt must not be more than an hour ahead.',
  ALREADY_STARTED: 'This hub has begun the round of that instant before: nobody is asked twice.',
  OVER: "The round's deadline has passed, or a later round is closed already: name an instant nearer to now, or none.",
} as const

export type StartRoundResult =
  | ({ kind: 'started' } & StartedRound)
  | Refusal<NotStarted | 'INVALID_INSTANT' | 'TOO_FAR_AHEAD'>

/** Begins a round now, in addition to the schedule. @param roundAt its instant; null for now. */
export async function startExtraRound(
  { clock, rounds }: Pick<Parts, 'clock'> & { rounds: Rounds },
  actor: OperatorActor,
  { roundAt: text }: { roundAt: string | null },
): Promise<StartRoundResult> {
  const roundAt = text === null ? clock.now() : parseInstant(text)
  if (roundAt === null) return refuseRound('INVALID_INSTANT')
  if (roundAt > clock.now() + AHEAD_MAX_MS) return refuseRound('TOO_FAR_AHEAD')
  if (rounds.isOver(roundAt)) return refuseRound('OVER')
  const round = await rounds.start(roundAt, actor)
  return typeof round === 'string' ? refuseRound(round) : { kind: 'started', ...round }
}

function refuseRound<Reason extends keyof typeof MESSAGES>(reason: Reason): Refusal<Reason> {
  return refuse(reason, MESSAGES[reason], 'roundAt')
}
