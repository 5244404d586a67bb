import { ALL_TO_ALL } from '../round/assignment.js'
import type { Sql } from '../store/store.js'

/** A hub's part of a round's roster, as far as verdicts need it. */
export interface RosterPart {
  /** Name and version of the assignment rule. */
  rule: string
  websiteNos: readonly number[]
  /** In the order of `websiteNos`. */
  checkRevisions: readonly number[]
  validatorNos: readonly number[]
  /** In the order of `validatorNos`. */
  networks: readonly string[]
}

/** Who was asked about a website: one object for all websites that were given to the same validators. */
export interface Asked {
  /** Network of each validator by its number. */
  networkOf: ReadonlyMap<number, string>
  /** How many networks they are. */
  networkCount: number
}

export interface AskedWebsite {
  no: number
  /** The newest of those that it was asked for with. */
  checkRevision: number
  asked: Asked
}

/** Who was asked for what in a round, over all hubs, in the order of the websites' numbers. */
export async function readRoster(sql: Sql, roundAt: number): Promise<AskedWebsite[]> {
  const parts = await sql.query<RosterPart>(
    `SELECT rule, "websiteNos", "checkRevisions", "validatorNos", networks
     FROM "RoundRoster" WHERE "roundAt" = $1::timestamptz ORDER BY "hubId"`,
    [new Date(roundAt)],
  )
  return joinRosters(parts)
}

/**
 * Joins the hubs' parts, in the order of their IDs. A validator that changed hubs in between may stand in two of them:
 * it is one validator, in the network of the first.
 * @throws for an assignment rule that is not known.
 */
function joinRosters(parts: readonly RosterPart[]): AskedWebsite[] {
  const networkOf = new Map<number, string>()
  const partsOf = new Map<number, number[]>()
  const revisionOf = new Map<number, number>()
  for (const [part, { rule, websiteNos, checkRevisions, validatorNos, networks }] of parts.entries()) {
    if (rule !== ALL_TO_ALL.name) throw new Error(`the roster's assignment rule ${rule} is not known`)
    for (const [index, no] of validatorNos.entries()) {
      if (!networkOf.has(no)) networkOf.set(no, networks[index] ?? '')
    }
    for (const [index, no] of websiteNos.entries()) {
      const known = partsOf.get(no)
      if (known) known.push(part)
      else partsOf.set(no, [part])
      revisionOf.set(no, Math.max(revisionOf.get(no) ?? 0, checkRevisions[index] ?? 0))
    }
  }
  const askedBy = new Map<string, Asked>()
  const websites = [...partsOf].map(([no, of]): AskedWebsite => {
    const name = of.join()
    const asked =
      askedBy.get(name) ??
      joinAsked(
        of.flatMap((part) => parts[part]?.validatorNos ?? []),
        networkOf,
      )
    askedBy.set(name, asked)
    return { no, checkRevision: revisionOf.get(no) ?? 0, asked }
  })
  return websites.sort((a, b) => a.no - b.no)
}

function joinAsked(validatorNos: readonly number[], networkOf: ReadonlyMap<number, string>): Asked {
  const ofThese = new Map(validatorNos.map((no) => [no, networkOf.get(no) ?? '']))
  return { networkOf: ofThese, networkCount: new Set(ofThese.values()).size }
}
