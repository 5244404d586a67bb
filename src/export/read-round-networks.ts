import type { Sql } from '../store/store.js'

/** Who was in which network in a round, without saying which network that is. */
export interface RoundNetworks {
  numberOf: ReadonlyMap<number, number>
  setAside: ReadonlySet<number>
}

export interface RosterPart {
  validatorNos: readonly number[]
  networks: readonly string[]
}

export interface ExportedRound extends RoundNetworks {
  /** What each of its ticks earned, as text; null when that was not recorded. */
  rewardLamports: string | null
}

interface Row extends RosterPart {
  roundAt: Date
  setAside: string[] | null
  rewardLamports: string | null
}

/** The plain bounds leave out the partitions that hold none of the rounds. */
const ROUNDS = `
SELECT r."roundAt", r."setAside", r."rewardLamports"::text AS "rewardLamports", o."validatorNos", o.networks
FROM "Round" r JOIN "RoundRoster" o ON o."roundAt" = r."roundAt"
WHERE r."roundAt" = ANY($1::timestamptz[]) AND r."closedAt" IS NOT NULL
  AND o."roundAt" BETWEEN $2::timestamptz AND $3::timestamptz
ORDER BY r."roundAt", o."hubId"`

/** Rounds with their networks, by their instants in Unix milliseconds; those that are not closed are left out. */
export async function readRoundNetworks(sql: Sql, roundsAt: readonly Date[]): Promise<Map<number, ExportedRound>> {
  const rows = await sql.query<Row>(ROUNDS, [roundsAt, roundsAt[0], roundsAt.at(-1)])
  const parts = new Map<number, Row[]>()
  for (const row of rows) {
    const at = row.roundAt.getTime()
    const known = parts.get(at)
    if (known) known.push(row)
    else parts.set(at, [row])
  }
  return new Map(
    [...parts].map(([at, rosters]) => {
      const { setAside, rewardLamports } = rosters[0] ?? { setAside: null, rewardLamports: null }
      return [at, { ...numberNetworks(rosters, setAside ?? []), rewardLamports }]
    }),
  )
}

/**
 * Numbers the networks of a round from 1 in the order of the validators' numbers: an address is nobody's business, but
 * who shares one decides the votes. Another round numbers anew, so that nobody can be followed by it.
 */
export function numberNetworks(rosters: readonly RosterPart[], setAside: readonly string[]): RoundNetworks {
  const networkOf = new Map<number, string>()
  for (const { validatorNos, networks } of rosters) {
    for (const [index, no] of validatorNos.entries()) {
      if (!networkOf.has(no)) networkOf.set(no, networks[index] ?? '')
    }
  }
  const numbers = new Map<string, number>()
  const numberOf = new Map<number, number>()
  for (const [no, network] of [...networkOf].sort(([a], [b]) => a - b)) {
    const number = numbers.get(network) ?? numbers.size + 1
    numbers.set(network, number)
    numberOf.set(no, number)
  }
  return { numberOf, setAside: new Set(setAside.flatMap((network) => numbers.get(network) ?? [])) }
}
