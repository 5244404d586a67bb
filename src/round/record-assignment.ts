import { recordChange } from '../audit/record-change.js'
import type { Actor } from '../graph/actor.js'
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

export interface RecordedAssignment {
  websites: readonly RoundWebsite[]
  assignment: Assignment
  /** Due, but their hosts had no budget left. */
  leftOut: readonly RoundWebsite[]
}

type AssigningParts = Pick<RoundParts, 'store' | 'settings' | 'hubId' | 'clock'>

interface Asking {
  websites: readonly RoundWebsite[]
  validators: readonly Session[]
  isAgain: boolean
}

/** Decides whom this hub asks for what, and records it first. `KNOWN`: it has done so before. */
export async function recordAssignment(
  { store, settings, hubId, clock }: AssigningParts,
  actor: Actor,
  round: RecordedRound,
  asking: Asking,
): Promise<RecordedAssignment | 'KNOWN' | 'OVER'> {
  const due = asking.websites.filter((website) => isDue(website, round.roundAt.getTime(), round.intervalMs))
  const { hostBudget } = settings
  if (hostBudget === null && actor.kind === 'HUB') return record(store.sql, hubId, round, planAll(round, due), asking)
  return store.transaction(async (sql) => {
    const planned =
      hostBudget === null
        ? planAll(round, due)
        : await planWithBudget(sql, hubId, round, { ...asking, due, perMinute: hostBudget })
    const recorded = await record(sql, hubId, round, planned, asking)
    // The schedule's rounds are no change that anybody made.
    if (typeof recorded !== 'string' && actor.kind !== 'HUB') {
      const subject = ['Round', round.roundAt.toISOString()] as const
      await recordChange(sql, actor, { at: clock.now(), action: 'startRound', subject })
    }
    return recorded
  })
}

interface PlannedRound {
  rule: AssignmentRule
  seed: string
  due: readonly RoundWebsite[]
  leftOut: readonly RoundWebsite[]
}

function planAll({ roundAt }: RecordedRound, due: readonly RoundWebsite[]): PlannedRound {
  return { rule: ALL_TO_ALL, seed: roundAt.toISOString(), due, leftOut: [] }
}

async function planWithBudget(
  sql: Sql,
  hubId: string,
  round: RecordedRound,
  asking: Asking & { due: readonly RoundWebsite[]; perMinute: number },
): Promise<PlannedRound> {
  const { due, perMinute } = asking
  await holdLock(sql, LOCKS.BUDGETS)
  const plan = await planRound(sql, hubId, round, asking)
  const [asked, leftOut] = [new Set(plan.websiteNos), new Set(plan.leftOut)]
  const seed = writeBudgetSeed({
    roundAt: round.roundAt.toISOString(),
    perMinute,
    turn: turnOf(round.roundAt.getTime(), round.intervalMs),
    hosts: plan.hosts,
  })
  return {
    rule: HOST_BUDGET,
    seed,
    due: due.filter(({ no }) => asked.has(no)),
    leftOut: due.filter(({ no }) => leftOut.has(no)),
  }
}

async function record(
  sql: Sql,
  hubId: string,
  { roundAt }: RecordedRound,
  { rule, seed, due: websites, leftOut }: PlannedRound,
  { validators, isAgain }: Asking,
): Promise<RecordedAssignment | 'KNOWN' | 'OVER'> {
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
