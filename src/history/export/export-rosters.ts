import { exportSource, instant, readInTurn } from './export-source.js'
import { findValidators, type ExportedValidator } from './find-validators.js'
import { numberNetworks } from './read-round-networks.js'

interface PartRow {
  roundAt: Date
  validatorNos: number[]
  networks: string[]
  rule: string
  /** As this part of the roster asks for it; null when it does not. */
  checkRevision: number | null
}

interface RosterRow {
  roundAt: Date
  website: string
  validator: ExportedValidator
  network: number
  checkRevision: number
  rule: string
}

/** How many rounds are held at a time: each names every validator that was asked. */
const ROUNDS_MAX = 50

/** Whole rounds: the networks are numbered over the parts of all hubs. */
const PAGE = `
SELECT r."roundAt", o."validatorNos", o.networks, o.rule,
  o."checkRevisions"[array_position(o."websiteNos", $1::int)] AS "checkRevision"
FROM (
  SELECT "roundAt" FROM "Round"
  WHERE "roundAt" > $2::timestamptz AND "roundAt" < $3::timestamptz AND "closedAt" IS NOT NULL
  ORDER BY "roundAt" LIMIT $4::int
) r LEFT JOIN "RoundRoster" o ON o."roundAt" = r."roundAt"
  AND o."roundAt" > $2::timestamptz AND o."roundAt" < $3::timestamptz
ORDER BY r."roundAt", o."hubId"`

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
  },
  async function* (sql, { website, from, until }) {
    const [first] = await sql.query<{ oldest: Date | null }>(OLDEST)
    if (!first?.oldest) return
    const after = new Date(Math.max(from, first.oldest.getTime()) - 1)
    const pages = readInTurn<PartRow[]>(ROUNDS_MAX, async (last) =>
      byRound(await sql.query<PartRow>(PAGE, [website.no, last?.[0]?.roundAt ?? after, new Date(until), ROUNDS_MAX])),
    )
    for await (const rounds of pages) {
      const asked = rounds.flatMap((parts) => listAsked(parts))
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
function listAsked(parts: readonly PartRow[]) {
  const present = parts.filter((part) => part.validatorNos !== null)
  const { numberOf } = numberNetworks(present, [])
  const asked = new Map<number, { checkRevision: number; rule: string }>()
  for (const { checkRevision, rule, validatorNos } of present) {
    if (checkRevision === null) continue
    for (const no of validatorNos) {
      // Who changed hubs in between may have been asked twice, the second time with newer settings.
      const before = asked.get(no)
      asked.set(no, { rule, checkRevision: Math.max(checkRevision, before?.checkRevision ?? 0) })
    }
  }
  return [...asked]
    .sort(([a], [b]) => a - b)
    .map(([validatorNo, { checkRevision, rule }]) => ({
      roundAt: parts[0]?.roundAt ?? new Date(0),
      validatorNo,
      network: numberOf.get(validatorNo) ?? 0,
      checkRevision,
      rule,
    }))
}
