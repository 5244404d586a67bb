import type { RoundKind } from '../generated/prisma/client.js'
import { findAssignmentRule } from '../round/assignment-rules.js'
import { exportSource, instant, readInTurn } from './export-source.js'
import { findValidators, type ExportedValidator } from './find-validators.js'
import { numberNetworks } from './read-round-networks.js'

interface PartRow {
  roundAt: Date
  validatorNos: number[]
  networks: string[]
  rule: string
  seed: string
  /** As this part of the roster asks for it; null when it does not. */
  checkRevision: number | null
}

interface RoundRow {
  roundAt: Date
  kind: RoundKind
  rewardRule: string | null
  rewardLamports: string | null
}

interface RosterRow extends RoundRow {
  website: string
  validator: ExportedValidator
  network: number
  checkRevision: number
  rule: string
}

/** How many rounds are held at a time: each names every validator that was asked. */
const ROUNDS_MAX = 50

const ROUNDS = `
SELECT "roundAt", kind::text AS kind, "rewardRule", "rewardLamports"::text AS "rewardLamports" FROM "Round"
WHERE "roundAt" > $1::timestamptz AND "roundAt" < $2::timestamptz AND "closedAt" IS NOT NULL
ORDER BY "roundAt" LIMIT $3::int`

/** Of all hubs: the networks are numbered over all of them. */
const PARTS = `
SELECT o."roundAt", o."validatorNos", o.networks, o.rule, o.seed,
  o."checkRevisions"[array_position(o."websiteNos", $1::int)] AS "checkRevision"
FROM "RoundRoster" o
WHERE o."roundAt" BETWEEN $2::timestamptz AND $3::timestamptz AND o."roundAt" = ANY($4::timestamptz[])
ORDER BY o."roundAt", o."hubId"`

/** Rounds are kept longer than their rosters. */
const OLDEST = `SELECT min("roundAt") AS oldest FROM "RoundRoster"`

export const ROSTERS = exportSource<RosterRow>(
  {
    round_at: (row) => instant(row.roundAt),
    website: (row) => row.website,
    validator: (row) => row.validator.id,
    validator_no: (row) => row.validator.no,
    public_key: (row) => row.validator.publicKey,
    network: (row) => row.network,
    check_revision: (row) => row.checkRevision,
    rule: (row) => row.rule,
    round_kind: (row) => row.kind,
    reward_rule: (row) => row.rewardRule,
    reward_lamports: (row) => row.rewardLamports,
  },
  async function* (sql, { website, from, until }) {
    const [first] = await sql.query<{ oldest: Date | null }>(OLDEST)
    if (!first?.oldest) return
    const after = new Date(Math.max(from, first.oldest.getTime()) - 1)
    const pages = readInTurn<RoundRow>(ROUNDS_MAX, (last) =>
      sql.query(ROUNDS, [last?.roundAt ?? after, new Date(until), ROUNDS_MAX]),
    )
    for await (const page of pages) {
      const roundsAt = page.map(({ roundAt }) => roundAt)
      const parts = await sql.query<PartRow>(PARTS, [website.no, roundsAt[0], roundsAt.at(-1), roundsAt])
      const roundOf = new Map(page.map((round) => [round.roundAt.getTime(), round]))
      const asked = byRound(parts).flatMap((of) => {
        const round = roundOf.get(of[0]?.roundAt.getTime() ?? 0)
        return round ? listAsked(of, website.no).map((row) => ({ ...round, ...row })) : []
      })
      const validators = await findValidators(
        sql,
        asked.map(({ validatorNo }) => validatorNo),
      )
      yield asked.flatMap(({ validatorNo, ...row }) => {
        const validator = validators.get(validatorNo)
        return validator ? [{ ...row, website: website.id, validator }] : []
      })
    }
  },
)

function byRound(parts: readonly PartRow[]): PartRow[][] {
  const rounds: PartRow[][] = []
  for (const part of parts) {
    const newest = rounds.at(-1)
    if (newest?.[0]?.roundAt.getTime() === part.roundAt.getTime()) newest.push(part)
    else rounds.push([part])
  }
  return rounds
}

/** Everybody whom a round asks for the website, once, by number. */
function listAsked(parts: readonly PartRow[], websiteNo: number) {
  const { numberOf } = numberNetworks(parts, [])
  const asked = new Map<number, { checkRevision: number; rule: string }>()
  for (const { checkRevision, rule, seed, validatorNos, networks } of parts) {
    if (checkRevision === null) continue
    // No rule needs to know the other websites: what it draws from is in the seed.
    const assignment = findAssignmentRule(rule).assign({ websiteNos: [websiteNo], validatorNos, networks, seed })
    const few = assignment.validatorsOf(0)
    for (const no of few === null ? validatorNos : few.map((position) => validatorNos[position] ?? 0)) {
      // Who changed hubs in between may have been asked twice, the second time with newer settings.
      const before = asked.get(no)
      asked.set(no, { rule, checkRevision: Math.max(checkRevision, before?.checkRevision ?? 0) })
    }
  }
  return [...asked]
    .sort(([a], [b]) => a - b)
    .map(([validatorNo, { checkRevision, rule }]) => ({
      validatorNo,
      network: numberOf.get(validatorNo) ?? 0,
      checkRevision,
      rule,
    }))
}
