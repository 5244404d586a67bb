import type { Round, Validator } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'
import { checkHash, type CheckVersion } from '../protocol/check-statement.js'
import { formatInstant } from '../protocol/text-forms.js'
import { tickStatement } from '../protocol/tick-statement.js'
import { sealCallback } from '../round/callback-id.js'
import type { HubKey } from '../store/hub-keys.js'
import { findChecks } from '../website/find-checks.js'
import { type AnsweredWebsite, findWebsitesByNo } from '../website/find-websites-by-no.js'
import { findSubmissions, type KeptSubmission } from './find-submissions.js'
import type { StoredTick } from './find-tick.js'
import { makeProof, type TickProof } from './make-proof.js'

interface ProofFacts {
  round: Round
  key: HubKey
  website: AnsweredWebsite
  checkHash: string
  validator: Pick<Validator, 'publicKey'>
  submission: KeptSubmission
}

/** Proofs in the ticks' order, in a bounded number of statements. An Error stands for one that cannot be made: a bug. */
export async function proveTicks(
  { store, keys }: Pick<Parts, 'store' | 'keys'>,
  ticks: readonly StoredTick[],
): Promise<(TickProof | Error)[]> {
  const [rounds, websites, validators, submissions, checks] = await Promise.all([
    store.prisma.round.findMany({ where: { roundAt: { in: ticks.map((tick) => tick.roundAt) } } }),
    findWebsitesByNo(store, distinct(ticks.map((tick) => tick.websiteNo))),
    store.prisma.validator.findMany({
      where: { no: { in: distinct(ticks.map((tick) => tick.validatorNo)) } },
      select: { no: true, publicKey: true },
    }),
    findSubmissions(store, ticks),
    findChecks(
      store,
      ticks.map(({ websiteId, checkRevision }) => ({ websiteId, revision: checkRevision })),
    ),
  ])
  const roundOf = new Map(rounds.map((round) => [round.roundAt.getTime(), round]))
  const validatorOf = new Map(validators.map((validator) => [validator.no, validator]))
  const proofs = ticks.map(async (tick, index) => {
    const round = roundOf.get(tick.roundAt.getTime())
    const key = round && (await keys.find(round.keyId))
    const website = websites.get(tick.websiteNo)
    const validator = validatorOf.get(tick.validatorNo)
    const submission = submissions.get(tick.submissionId)
    const check = checks[index]
    if (check instanceof Error) return check
    if (!round || !key || !website || !validator || !submission || check === undefined) {
      return new Error(`what proves the tick ${nameOf(tick)} is not there`)
    }
    const hash = checkHash(check, round.checkVersion as CheckVersion)
    return proveTick(tick, { round, key, website, checkHash: hash, validator, submission })
  })
  return Promise.all(proofs)
}

function proveTick(tick: StoredTick, facts: ProofFacts): TickProof | Error {
  const { submission, validator } = facts
  const proof = makeProof({
    statement: rebuildStored(tick, facts),
    leafIndex: tick.leafIndex,
    publicKey: validator.publicKey,
    submission,
  })
  return proof ?? new Error(`the tick ${nameOf(tick)} is not what was signed`)
}

function rebuildStored(
  tick: StoredTick,
  { round, key, website, checkHash, validator, submission }: ProofFacts,
): string {
  const { websiteNo, validatorNo, checkRevision } = tick
  const roundAt = tick.roundAt.getTime()
  const deadlineAt = round.deadlineAt.getTime()
  return tickStatement({
    ...tick,
    hub: submission.hub,
    validator: validator.publicKey,
    callback: sealCallback(key, { roundAt, deadlineAt, websiteNo, validatorNo, checkRevision }),
    website: website.id,
    url: website.url,
    round: formatInstant(roundAt),
    check: checkHash,
    checkedAt: formatInstant(tick.checkedAt.getTime()),
    certificateExpiresAt: tick.certificateExpiresAt && formatInstant(tick.certificateExpiresAt.getTime()),
  })
}

function nameOf({ websiteNo, roundAt, validatorNo }: StoredTick): string {
  return `${websiteNo}/${roundAt.toISOString()}/${validatorNo}`
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
