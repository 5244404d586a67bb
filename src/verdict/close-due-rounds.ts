import { addToHours } from '../abstention/add-to-hours.js'
import { deleteClaims } from '../abstention/read-claims.js'
import { findInMaintenance } from '../maintenance/find-in-maintenance.js'
import type { Parts } from '../parts.js'
import { LOCKS } from '../store/locks.js'
import { ensurePartitions } from '../store/partitions.js'
import type { Sql } from '../store/store.js'
import type { Turnstile } from '../turnstile.js'
import { type DecidedRound, type DecidedVerdict, decideRound } from './decide-round.js'
import { answerAt, answerCount, type PackedAnswers } from './packed-answers.js'
import type { Asked } from './read-roster.js'
import { recordAgreement } from './record-agreement.js'
import type { ClosingAnswer, ClosingStep, ClosingVerdict, RoundClosing } from './round-closing.js'
import { type SealedRound, sealOldestRound } from './seal-round.js'
import { takingTurns } from './taking-turns.js'
import { verdictSpan } from './verdict-span.js'
import { VERDICT_RULE } from './vote-rule.js'
import { type HeldWebsite, holdWebsites, type WrittenVerdict, writeVerdicts } from './write-verdicts.js'

export type ClosingParts = Pick<Parts, 'store' | 'clock' | 'log'> & {
  steps: readonly ClosingStep[]
  turnstile: Turnstile
}

/** Closes the due rounds in order, one lease each. `afterEach` is called also for one that another hub closed first. */
export async function closeDueRounds(
  parts: ClosingParts,
  afterEach: () => Promise<boolean> = async () => true,
): Promise<void> {
  for (;;) {
    const more = await parts.store.exclusively(LOCKS.CLOSING, () => closeOldestRound(parts))
    if (!(await afterEach()) || !more) return
  }
}

async function closeOldestRound(parts: ClosingParts): Promise<boolean> {
  const round = await sealOldestRound(parts.store, parts.clock.now())
  if (!round) return false
  await ensurePartitions(parts.store, round.roundAt)
  const decided = await decideRound(parts, round)
  await parts.store.transaction((sql) => writeClosing(parts, takingTurns(sql, parts.turnstile), round, decided))
  return true
}

/** Written once: a hub that has lost its lease without knowing it finds the round closed. */
const HOLD_ROUND = `SELECT "closedAt" FROM "Round" WHERE "roundAt" = $1::timestamptz FOR UPDATE`

const CLOSE_ROUND = `
UPDATE "Round" SET "closedAt" = $2::timestamptz, rule = $3, "setAside" = $4::text[] WHERE "roundAt" = $1::timestamptz`

async function writeClosing(
  { store, clock, steps, turnstile }: ClosingParts,
  sql: Sql,
  round: SealedRound,
  decided: DecidedRound,
): Promise<void> {
  const roundAt = new Date(round.roundAt)
  const [held] = await sql.query<{ closedAt: Date | null }>(HOLD_ROUND, [roundAt])
  if (!held || held.closedAt !== null) return
  const writing = { sql, rowsPerStatementMax: store.rowsPerStatementMax }
  const websites = await holdWebsites(writing, decided.verdicts)
  const inMaintenance = await findInMaintenance(sql, round.roundAt)
  const written: WrittenVerdict[] = []
  const verdicts: ClosingVerdict[] = []
  for (const verdict of decided.verdicts) {
    const website = websites.get(verdict.websiteNo)
    // Disabled or deleted since it was decided on.
    if (!website) continue
    const one = { verdict, span: spanOf(round, website), inMaintenance: inMaintenance.has(website.id) }
    written.push(one)
    verdicts.push(closingVerdict(one, website, decided.setAside))
  }
  const closedAt = clock.now()
  const closing: RoundClosing = { ...round, closedAt, verdicts }
  await writeVerdicts(writing, round.roundAt, written)
  const counted = written.map(({ verdict }) => verdict)
  await recordAgreement({ ...writing, turnstile }, round.roundAt, counted)
  await addToHours(
    { ...writing, turnstile },
    round.roundAt,
    counted.map(({ claims }) => claims),
  )
  await deleteClaims(sql, [roundAt])
  for (const step of steps) await step(sql, closing)
  await sql.query(CLOSE_ROUND, [roundAt, new Date(closedAt), VERDICT_RULE, [...decided.setAside].sort()])
}

function spanOf(round: SealedRound, { everyRounds, coveredUntil }: HeldWebsite) {
  return verdictSpan(round, everyRounds, coveredUntil)
}

function closingVerdict(
  { verdict, span, inMaintenance }: WrittenVerdict,
  { everyRounds: _everyRounds, coveredUntil: _coveredUntil, ...website }: HeldWebsite,
  setAside: ReadonlySet<string>,
): ClosingVerdict {
  const { decision, counts, answers, asked }: DecidedVerdict = verdict
  return {
    website,
    status: decision.status,
    inMaintenance,
    ...span,
    failures: counts.failures,
    goodLatenciesUs: counts.goodLatenciesUs,
    answers: () => unpackAnswers(answers, asked, setAside),
  }
}

function unpackAnswers(packed: PackedAnswers, { networkOf }: Asked, setAside: ReadonlySet<string>): ClosingAnswer[] {
  return Array.from({ length: answerCount(packed) }, (_, index) => {
    const answer = answerAt(packed, index)
    return { ...answer, setAside: setAside.has(networkOf.get(answer.validatorNo) ?? '') }
  })
}
