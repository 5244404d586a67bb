import { type Refusal, refuse } from '../graph/problem.js'
import { ABSTENTIONS_PER_CALL_MAX, type AbstentionReason } from '../protocol/abstention.js'
import { type Callback, openCallback } from '../round/callback-id.js'
import { inTurns } from '../tick/in-turns.js'
import type { IntakeParts } from '../tick/intake.js'
import { turn } from '../turnstile.js'
import type { ClaimRejectionReason } from './claim-rejections.js'
import { type StoredClaims, storeClaims } from './store-claims.js'

export interface Claims {
  callbackIds: readonly string[]
  reason: AbstentionReason
}

export interface RejectedClaim {
  callbackId: string
  reason: ClaimRejectionReason
}

export interface TakenClaims {
  kind: 'taken'
  taken: number
  rejected: RejectedClaim[]
}

export type AbstainResult = TakenClaims | Refusal<'WRONG_NUMBER' | 'BANNED' | 'RATE_LIMITED' | 'UNAVAILABLE'>

/** Takes a validator's word that it could not check some of its tasks: a claim and no answer (PROTOCOL §4.2). */
export async function abstain(parts: IntakeParts, validatorId: string, claims: Claims): Promise<AbstainResult> {
  const count = claims.callbackIds.length
  if (count < 1 || count > ABSTENTIONS_PER_CALL_MAX) {
    const message = `Send from 1 to ${ABSTENTIONS_PER_CALL_MAX} callbackIds, not ${count}.`
    return refuse('WRONG_NUMBER', message, 'callbackIds')
  }
  try {
    return (await parts.intake.hasRoom()) ? await parts.intake.track(take(parts, validatorId, claims)) : unavailable()
  } catch (error) {
    parts.log.error({ error }, 'claims could not be stored')
    return unavailable()
  }
}

function unavailable(): AbstainResult {
  return refuse(
    'UNAVAILABLE',
    "The hub's database does not answer or has no room: send the same claims again in a few seconds.",
  )
}

async function take(parts: IntakeParts, validatorId: string, claims: Claims): Promise<AbstainResult> {
  const receivedAt = parts.clock.now()
  const { no, publicKey, bannedAt } = await parts.store.prisma.validator.findUniqueOrThrow({
    where: { id: validatorId },
    select: { no: true, publicKey: true, bannedAt: true },
  })
  if (bannedAt) return refuse('BANNED', "The hub's operator has banned this key: contact the operator.")
  const retryAfter = await parts.rates.look('SPARE_TICKS_OF_KEY', publicKey)
  if (retryAfter !== null) {
    const message = `Too many claims and answers that changed nothing: wait ${retryAfter} s and send this again.`
    return { ...refuse('RATE_LIMITED', message), retryAfter }
  }
  const { turnstile } = parts.intake
  await turn(turnstile)
  const judged = await inTurns(turnstile, claims.callbackIds, (slice) =>
    Promise.all(slice.map((callbackId) => judge(parts, callbackId, { validatorNo: no, receivedAt }))),
  )
  const sound = judged.filter((one) => typeof one === 'object')
  const stored = await storeClaims(parts.store.sql, { validatorNo: no, reason: claims.reason }, sound)
  // What is taken is bounded by the tasks.
  await parts.rates.charge('SPARE_TICKS_OF_KEY', publicKey, claims.callbackIds.length - stored.taken)
  return { kind: 'taken', taken: stored.taken, rejected: rejectedOf(claims.callbackIds, judged, stored) }
}

type Judged = Callback | ClaimRejectionReason

async function judge(
  { keys }: Pick<IntakeParts, 'keys'>,
  callbackId: string,
  { validatorNo, receivedAt }: { validatorNo: number; receivedAt: number },
): Promise<Judged> {
  const callback = await openCallback(keys, callbackId)
  if (callback === null) return 'UNKNOWN_CALLBACK'
  if (callback.validatorNo !== validatorNo) return 'NOT_YOURS'
  return callback.deadlineAt < receivedAt ? 'LATE' : callback
}

/** In the order sent. */
function rejectedOf(
  callbackIds: readonly string[],
  judged: readonly Judged[],
  { open }: Pick<StoredClaims, 'open'>,
): RejectedClaim[] {
  return callbackIds.flatMap((callbackId, index) => {
    const one = judged[index] ?? 'UNKNOWN_CALLBACK'
    if (typeof one !== 'object') return [{ callbackId, reason: one }]
    return open.has(one.roundAt) ? [] : [{ callbackId, reason: 'LATE' as const }]
  })
}
