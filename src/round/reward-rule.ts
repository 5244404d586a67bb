/** Every accepted answer of a round earns the same, in the commit that stores it: see docs/validators.md. */
export const REWARD_RULE = 'flat-v1'
