import type { Session } from '../session/session-registry.js'
import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'
import type { Sql } from '../store/store.js'
import type { RoundWebsite } from '../website/list-round-websites.js'
import { findAssignmentRule } from './assignment-rules.js'
import { ALL_TO_ALL, type Assignment, type AssignmentRule, isDue, turnOf } from './assignment.js'
import { HOST_BUDGET, writeBudgetSeed } from './host-budget.js'
import { allowanceOf, type BudgetPlan, hostLoads, planBudget } from './plan-budget.js'
import { findLastAsked, listOtherParts, listValidatorsElsewhere } from './read-other-parts.js'
import { type RecordedRound, recordRoster } from './record-round.js'
import type { RoundParts } from './round-parts.js'

/** Whom this hub asks for what in a round. */
export interface RecordedAssignment {
  websites: readonly RoundWebsite[]
  assignment: Assignment
  /** Websites that were due and whose hosts had no budget left: nobody is asked for them. */
  leftOut: readonly RoundWebsite[]
}

type AssigningParts = Pick<RoundParts, 'store' | 'settings' | 'hubId'>

interface Asking {
  /** All that validators may be sent to, due or not. */
  websites: readonly RoundWebsite[]
  validators: readonly Session[]
  /** Whether a try of this hub to begin the round has failed before. */
  isAgain: boolean
}

/** Decides whom this hub asks for what, and writes it down before anybody is asked. `KNOWN`: it has done so before. */
export async function recordAssignment(
  parts: AssigningParts,
  round: RecordedRound,
  asking: Asking,
): Promise<RecordedAssignment | 'KNOWN' | 'OVER'> {
  const roundAt = round.roundAt.getTime()
  const due = asking.websites.filter((website) => isDue(website, roundAt, round.intervalMs))
  const { hostBudget } = parts.settings
  if (hostBudget === null) {
    const seed = round.roundAt.toISOString()
    return record(parts.store.sql, parts.hubId, round, { rule: ALL_TO_ALL, seed, due, leftOut: [] }, asking)
  }
  return parts.store.transaction(async (sql) => {
    await holdLock(sql, LOCKS.BUDGETS)
    const plan = await planRound(sql, parts.hubId, round, { ...asking, due, perMinute: hostBudget })
    const [asked, leftOut] = [new Set(plan.websiteNos), new Set(plan.leftOut)]
    const seed = writeBudgetSeed({
      roundAt: round.roundAt.toISOString(),
      perMinute: hostBudget,
      turn: turnOf(roundAt, round.intervalMs),
      hosts: plan.hosts,
    })
    const planned = {
      rule: HOST_BUDGET,
      seed,
      due: due.filter(({ no }) => asked.has(no)),
      leftOut: due.filter(({ no }) => leftOut.has(no)),
    }
    return record(sql, parts.hubId, round, planned, asking)
  })
}

async function record(
  sql: Sql,
  hubId: string,
  { roundAt }: RecordedRound,
  planned: { rule: AssignmentRule; seed: string; due: readonly RoundWebsite[]; leftOut: readonly RoundWebsite[] },
  { validators, isAgain }: Asking,
): Promise<RecordedAssignment | 'KNOWN' | 'OVER'> {
  const { rule, seed, due: websites, leftOut } = planned
  const input = {
    websiteNos: websites.map(({ no }) => no),
    validatorNos: validators.map(({ validatorNo }) => validatorNo),
    networks: validators.map(({ network }) => network),
    seed,
  }
  const checkRevisions = websites.map(({ checkRevision }) => checkRevision)
  const recorded = await recordRoster(sql, hubId, roundAt, {
    ...input,
    rule: rule.name,
    checkRevisions,
    replaces: isAgain,
  })
  return recorded === 'RECORDED' ? { websites, assignment: rule.assign(input), leftOut } : recorded
}

async function planRound(
  sql: Sql,
  hubId: string,
  { roundAt, intervalMs }: RecordedRound,
  { websites, validators, due, perMinute }: Asking & { due: readonly RoundWebsite[]; perMinute: number },
): Promise<BudgetPlan> {
  const loads = hostLoads(websites)
  const allowance = allowanceOf(perMinute, intervalMs, turnOf(roundAt.getTime(), intervalMs))
  const own = new Set(validators.map(({ validatorNo }) => validatorNo))
  const elsewhere = (await listValidatorsElsewhere(sql, hubId, roundAt)).filter((no) => !own.has(no))
  // Only where some may have to wait does it matter who has waited.
  const scarce = loads.filter(({ peak }) => peak > allowance.steady).flatMap((load) => load.websites)
  return planBudget({
    loads,
    due: new Set(due.map(({ no }) => no)),
    allowance,
    validators: { own: own.size, elsewhere: elsewhere.length },
    givenElsewhere: await countGiven(sql, hubId, roundAt),
    lastAskedAt: await findLastAsked(
      sql,
      roundAt,
      scarce.map(({ no }) => no),
    ),
  })
}

/** Checks of the round that other hubs have given out, by website. */
async function countGiven(sql: Sql, hubId: string, roundAt: Date): Promise<Map<number, number>> {
  const given = new Map<number, number>()
  for (const part of await listOtherParts(sql, hubId, roundAt)) {
    const assignment = findAssignmentRule(part.rule).assign(part)
    for (const [index, no] of part.websiteNos.entries()) {
      const count = assignment.validatorsOf(index)?.length ?? part.validatorNos.length
      given.set(no, (given.get(no) ?? 0) + count)
    }
  }
  return given
}
