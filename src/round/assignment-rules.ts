import { ALL_TO_ALL, type AssignmentRule } from './assignment.js'
import { HOST_BUDGET } from './host-budget.js'

const RULES: readonly AssignmentRule[] = [ALL_TO_ALL, HOST_BUDGET]

/** @throws for a rule that no hub of this version or an older one has used. */
export function findAssignmentRule(name: string): AssignmentRule {
  const rule = RULES.find((known) => known.name === name)
  if (!rule) throw new Error(`the roster's assignment rule ${name} is not known`)
  return rule
}
