import { claimantAt, claimCount } from '../abstention/packed-claims.js'
import type { Sql, Store } from '../store/store.js'
import type { Turnstile } from '../turnstile.js'
import type { DecidedVerdict } from './decide-round.js'
import { inSlices } from '../store/in-slices.js'
import { createPace } from '../pace.js'
import { answerCount, statusAt, validatorNoAt } from './packed-answers.js'

/** Answers counted in a turn of the event loop, some milliseconds: a transaction waits for it. */
const COUNTED_PER_TURN_MAX = 20_000

interface Agreement {
  asked: number
  agreed: number
  disagreed: number
  undecided: number
  couldNotCheck: number
}

/** In the order of the validators, as late answers are counted too: so the two cannot lock each other out. */
const ADD_AGREEMENT = `
INSERT INTO "ValidatorDay" AS d ("validatorNo", day, asked, agreed, disagreed, undecided, unanswered, "couldNotCheck")
SELECT no, ($1::timestamptz AT TIME ZONE 'UTC')::date, asked, agreed, disagreed, undecided, unanswered, could_not
FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
  AS a(no, asked, agreed, disagreed, undecided, unanswered, could_not) ORDER BY no
ON CONFLICT ("validatorNo", day) DO UPDATE SET asked = d.asked + excluded.asked, agreed = d.agreed + excluded.agreed,
  disagreed = d.disagreed + excluded.disagreed, undecided = d.undecided + excluded.undecided,
  unanswered = d.unanswered + excluded.unanswered, "couldNotCheck" = d."couldNotCheck" + excluded."couldNotCheck"`

/** Adds to the day of each validator how its answers compare with the verdicts of a round. */
export async function recordAgreement(
  { sql, rowsPerStatementMax, turnstile }: Pick<Store, 'rowsPerStatementMax'> & { sql: Sql; turnstile: Turnstile },
  roundAt: number,
  verdicts: readonly DecidedVerdict[],
): Promise<void> {
  const agreements = new Map<number, Agreement>()
  const pace = createPace(turnstile, COUNTED_PER_TURN_MAX)
  for (const verdict of verdicts) {
    await pace(verdict.asked.networkOf.size)
    countAgreement(verdict, agreements)
  }
  const ordered = [...agreements].sort(([a], [b]) => a - b)
  for (const slice of inSlices(ordered, rowsPerStatementMax)) {
    await sql.query(ADD_AGREEMENT, [
      new Date(roundAt),
      slice.map(([no]) => no),
      slice.map(([, { asked }]) => asked),
      slice.map(([, { agreed }]) => agreed),
      slice.map(([, { disagreed }]) => disagreed),
      slice.map(([, { undecided }]) => undecided),
      slice.map(([, { asked, agreed, disagreed, undecided }]) => asked - agreed - disagreed - undecided),
      slice.map(([, { couldNotCheck }]) => couldNotCheck),
    ])
  }
}

function countAgreement(
  { asked, decision, answers, claims }: DecidedVerdict,
  agreements: Map<number, Agreement>,
): void {
  for (const no of asked.networkOf.keys()) {
    const agreement = agreements.get(no)
    if (agreement) agreement.asked += 1
    else agreements.set(no, { asked: 1, agreed: 0, disagreed: 0, undecided: 0, couldNotCheck: 0 })
  }
  for (let index = 0; index < answerCount(answers); index++) {
    const agreement = agreements.get(validatorNoAt(answers, index))
    if (!agreement) continue
    if (decision.status === 'Inconclusive') agreement.undecided += 1
    else if (statusAt(answers, index) === decision.status) agreement.agreed += 1
    else agreement.disagreed += 1
  }
  for (let index = 0; index < claimCount(claims); index++) {
    const agreement = agreements.get(claimantAt(claims, index))
    if (agreement) agreement.couldNotCheck += 1
  }
}
