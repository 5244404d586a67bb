/** What an assignment is made from: everything of it stands in the round's roster, so that anybody can make it again. */
export interface AssignmentInput {
  /** Numbers of the websites that this round asks for, ascending. */
  websiteNos: readonly number[]
  /** Numbers of the validators that are connected, ascending. */
  validatorNos: readonly number[]
  seed: string
}

/** Who checks what. A rule is pure and named with its version; another takes its place in `start-round.ts`. */
export interface AssignmentRule {
  name: string
  /** Positions in `websiteNos` of what the validator at `validatorIndex` is to check. */
  websitesOf(input: AssignmentInput, validatorIndex: number): Iterable<number>
}

/** Every website to every validator. */
export const ALL_TO_ALL: AssignmentRule = {
  name: 'all-to-all-v1',
  websitesOf: ({ websiteNos }) => websiteNos.keys(),
}

/**
 * Whether a website that asks for every n-th round is due in this one. Websites with the same n take turns by their
 * number instead of all falling into one round.
 */
export function isDue(website: { no: number; everyRounds: number }, roundAt: number, intervalMs: number): boolean {
  return (Math.floor(roundAt / intervalMs) + website.no) % website.everyRounds === 0
}
