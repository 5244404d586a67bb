/**
 * Name and version of the rule that a round's answers are paid by: every accepted one earns the same, as the round says,
 * in the commit that stores it. docs/validators.md explains it.
 */
export const REWARD_RULE = 'flat-v1'
