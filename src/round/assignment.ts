/** What an assignment is made from: everything of it stands in the round's roster, so that anybody can make it again. */
export interface AssignmentInput {
  /** Numbers of the websites that this round asks for, ascending. */
  websiteNos: readonly number[]
  /** Numbers of the validators that are connected, ascending. */
  validatorNos: readonly number[]
  /** In the order of `validatorNos`: the network that each is in. */
  networks: readonly string[]
  seed: string
}

/** Who checks what. Websites and validators go by their positions in the input. */
export interface Assignment {
  websitesOf(validatorIndex: number): Iterable<number>
  /** Ascending; null for all of them. */
  validatorsOf(websiteIndex: number): readonly number[] | null
}

/** A rule is pure and named with its version; another takes its place in `assignment-rules.ts`. */
export interface AssignmentRule {
  name: string
  assign(input: AssignmentInput): Assignment
}

/** Every website to every validator. */
export const ALL_TO_ALL: AssignmentRule = {
  name: 'all-to-all-v1',
  assign: ({ websiteNos }) => ({ websitesOf: () => websiteNos.keys(), validatorsOf: () => null }),
}

/**
 * Whether a website that asks for every n-th round is due in this one. Websites with the same n take turns by their
 * number instead of all falling into one round.
 */
export function isDue(website: { no: number; everyRounds: number }, roundAt: number, intervalMs: number): boolean {
  return (turnOf(roundAt, intervalMs) + website.no) % website.everyRounds === 0
}

/** Counts the rounds of a schedule: one more with each. */
export function turnOf(roundAt: number, intervalMs: number): number {
  return Math.floor(roundAt / intervalMs)
}
