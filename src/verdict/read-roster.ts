import type { AssignmentInput } from '../round/assignment.js'
import { findAssignmentRule } from '../round/assignment-rules.js'
import type { Sql } from '../store/store.js'

export interface RosterPart extends AssignmentInput {
  rule: string
  checkRevisions: readonly number[]
}

/** Who was asked about a website: one object for all websites that were given to the same validators. */
export interface Asked {
  networkOf: ReadonlyMap<number, string>
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
    `SELECT rule, seed, "websiteNos", "checkRevisions", "validatorNos", networks
     FROM "RoundRoster" WHERE "roundAt" = $1::timestamptz ORDER BY "hubId"`,
    [new Date(roundAt)],
  )
  return joinRosters(parts)
}

/** A validator that changed hubs is one validator, in the network of the first. @throws for an unknown rule. */
function joinRosters(parts: readonly RosterPart[]): AskedWebsite[] {
  const networkOf = new Map<number, string>()
  const askedOf = new Map<number, AskedPart[]>()
  const revisionOf = new Map<number, number>()
  for (const [part, roster] of parts.entries()) {
    const { websiteNos, checkRevisions, validatorNos, networks } = roster
    const assignment = findAssignmentRule(roster.rule).assign(roster)
    const everybody: AskedPart = { name: String(part), validatorNos }
    for (const [index, no] of validatorNos.entries()) {
      if (!networkOf.has(no)) networkOf.set(no, networks[index] ?? '')
    }
    for (const [index, no] of websiteNos.entries()) {
      const few = assignment.validatorsOf(index)
      const asked =
        few === null
          ? everybody
          : { name: `${part}:${few.join(' ')}`, validatorNos: few.map((position) => validatorNos[position] ?? 0) }
      const known = askedOf.get(no)
      if (known) known.push(asked)
      else askedOf.set(no, [asked])
      revisionOf.set(no, Math.max(revisionOf.get(no) ?? 0, checkRevisions[index] ?? 0))
    }
  }
  const joined = new Map<string, Asked>()
  const websites = [...askedOf].map(([no, of]): AskedWebsite => {
    const name = of.map((part) => part.name).join()
    const asked =
      joined.get(name) ??
      joinAsked(
        of.flatMap((part) => part.validatorNos),
        networkOf,
      )
    joined.set(name, asked)
    return { no, checkRevision: revisionOf.get(no) ?? 0, asked }
  })
  return websites.sort((a, b) => a.no - b.no)
}

interface AskedPart {
  name: string
  validatorNos: readonly number[]
}

function joinAsked(validatorNos: readonly number[], networkOf: ReadonlyMap<number, string>): Asked {
  const ofThese = new Map(validatorNos.map((no) => [no, networkOf.get(no) ?? '']))
  return { networkOf: ofThese, networkCount: new Set(ofThese.values()).size }
}
