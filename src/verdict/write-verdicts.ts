import { countReasons } from '../abstention/packed-claims.js'
import type { Sql, Store } from '../store/store.js'
import type { DecidedVerdict } from './decide-round.js'
import { inSlices } from '../store/in-slices.js'
import type { ClosingWebsite } from './round-closing.js'
import type { VerdictSpan } from './verdict-span.js'

type WritingParts = Pick<Store, 'rowsPerStatementMax'> & { sql: Sql }

export interface HeldWebsite extends ClosingWebsite {
  everyRounds: number
  /** Unix milliseconds; null before its first verdict. */
  coveredUntil: number | null
}

/** Whoever disables or deletes one waits, and finds what this closing made of it. In the order of their numbers. */
const HOLD_WEBSITES = `
SELECT no, id, "userId", name, url, "everyRounds", "badToOpen"::int AS "badToOpen", "goodToClose"::int AS "goodToClose"
FROM "Website" WHERE no = ANY($1::int[]) AND enabled AND "deletedAt" IS NULL ORDER BY no FOR SHARE`

const COVERED = `SELECT "websiteNo" AS no, "coveredUntil" FROM "WebsiteState" WHERE "websiteNo" = ANY($1::int[])`

/** Those of the websites that are still enabled, by their numbers. They stay so until the transaction ends. */
export async function holdWebsites(
  { sql, rowsPerStatementMax }: WritingParts,
  verdicts: readonly DecidedVerdict[],
): Promise<Map<number, HeldWebsite>> {
  const held = new Map<number, HeldWebsite>()
  for (const slice of inSlices(verdicts, rowsPerStatementMax)) {
    const nos = slice.map(({ websiteNo }) => websiteNo)
    const websites = await sql.query<Omit<HeldWebsite, 'coveredUntil'>>(HOLD_WEBSITES, [nos])
    const covered = new Map(
      (await sql.query<{ no: number; coveredUntil: Date }>(COVERED, [nos])).map((row) => [row.no, row.coveredUntil]),
    )
    for (const website of websites) {
      held.set(website.no, { ...website, coveredUntil: covered.get(website.no)?.getTime() ?? null })
    }
  }
  return held
}

export interface WrittenVerdict {
  verdict: DecidedVerdict
  span: VerdictSpan
  inMaintenance: boolean
}

const INSERT_VERDICTS = `
INSERT INTO "Verdict" ("roundAt", "websiteNo", "checkRevision", "startsAfterMs", "lastsMs", "medianLatencyUs", asked,
  answered, agreed, disagreed, status, "inMaintenance", "networkCount", "quorumBase", "votesNeeded", "goodVotes", "badVotes",
  "votesSetAside", failures, root, "p95LatencyUs", abstentions)
SELECT $1::timestamptz, no, revision, starts, lasts, median, asked, answered, agreed, disagreed,
  status::"VerdictStatus", maintenance, networks, base, needed, good, bad, aside, failures::int[], decode(root, 'hex'), p95,
  abstentions::int[]
FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[],
    $11::text[], $12::boolean[], $13::int[], $14::int[], $15::int[], $16::int[], $17::int[], $18::int[], $19::text[],
    $20::text[], $21::int[], $22::text[])
  AS v(no, revision, starts, lasts, median, asked, answered, agreed, disagreed, status, maintenance, networks, base,
    needed, good, bad, aside, failures, root, p95, abstentions)`

const UPSERT_STATES = `
INSERT INTO "WebsiteState" AS s ("websiteNo", "roundAt", status, "coveredUntil", sequence)
SELECT no, $1::timestamptz, status::"VerdictStatus", to_timestamp(covered_ms / 1000.0), 1
FROM unnest($2::int[], $3::text[], $4::bigint[]) AS v(no, status, covered_ms)
ON CONFLICT ("websiteNo") DO UPDATE SET "roundAt" = excluded."roundAt", status = excluded.status,
  "coveredUntil" = greatest(s."coveredUntil", excluded."coveredUntil"), sequence = s.sequence + 1`

export async function writeVerdicts(
  { sql, rowsPerStatementMax }: WritingParts,
  roundAt: number,
  verdicts: readonly WrittenVerdict[],
): Promise<void> {
  for (const slice of inSlices(verdicts, rowsPerStatementMax)) {
    await sql.query(INSERT_VERDICTS, [new Date(roundAt), ...verdictColumns(slice)])
    await sql.query(UPSERT_STATES, [
      new Date(roundAt),
      slice.map(({ verdict }) => verdict.websiteNo),
      slice.map(({ verdict }) => verdict.decision.status),
      slice.map(({ span }) => roundAt + span.startsAfterMs + span.lastsMs),
    ])
  }
}

function verdictColumns(verdicts: readonly WrittenVerdict[]): unknown[][] {
  const of = <Value>(read: (verdict: DecidedVerdict) => Value) => verdicts.map(({ verdict }) => read(verdict))
  return [
    of(({ websiteNo }) => websiteNo),
    of(({ checkRevision }) => checkRevision),
    verdicts.map(({ span }) => span.startsAfterMs),
    verdicts.map(({ span }) => span.lastsMs),
    of(({ counts }) => counts.medianLatencyUs),
    of(({ asked }) => asked.networkOf.size),
    of(({ counts }) => counts.answered),
    of(({ counts }) => counts.agreed),
    of(({ counts }) => counts.disagreed),
    of(({ decision }) => decision.status),
    verdicts.map(({ inMaintenance }) => inMaintenance),
    of(({ asked }) => asked.networkCount),
    of(({ decision }) => decision.quorumBase),
    of(({ decision }) => decision.votesNeeded),
    of(({ decision }) => decision.goodVotes),
    of(({ decision }) => decision.badVotes),
    of(({ decision }) => decision.votesSetAside),
    // A list of lists is not for every driver.
    of(({ counts }) => `{${counts.failures.join()}}`),
    of(({ root }) => root?.toString('hex') ?? null),
    of(({ counts }) => counts.p95LatencyUs),
    of(({ claims }) => `{${countReasons(claims).join()}}`),
  ]
}
