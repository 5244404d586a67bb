/** All of it is in the round's roster, so that anybody can make the assignment again. */
export interface AssignmentInput {
  /** Ascending, as `validatorNos`. */
  websiteNos: readonly number[]
  validatorNos: readonly number[]
  /** In the order of `validatorNos`. */
  networks: readonly string[]
  seed: string
}

/** Who checks what. Websites and validators go by their positions in the input. */
export interface Assignment {
  websitesOf(validatorIndex: number): Iterable<number>
  /** Null for all of them. */
  validatorsOf(websiteIndex: number): readonly number[] | null
}

/** A rule is pure and named with its version; another takes its place in `assignment-rules.ts`. */
export interface AssignmentRule {
  name: string
  assign(input: AssignmentInput): Assignment
}

export const ALL_TO_ALL: AssignmentRule = {
  name: 'all-to-all-v1',
  assign: ({ websiteNos }) => ({ websitesOf: () => websiteNos.keys(), validatorsOf: () => null }),
}

/** Whether a website is due in a round. Those with the same `everyRounds` take turns by their number. */
export function isDue(website: { no: number; everyRounds: number }, roundAt: number, intervalMs: number): boolean {
  return (turnOf(roundAt, intervalMs) + website.no) % website.everyRounds === 0
}

export function turnOf(roundAt: number, intervalMs: number): number {
  return Math.floor(roundAt / intervalMs)
}
