/** Rounds from one check to the next at most: a day of rounds of a minute. */
const EVERY_ROUNDS_MAX = 1_440

/** What is wrong with the number of rounds from one check to the next, in one sentence; `null` when nothing is. */
export function everyRoundsFault(everyRounds: number): string | null {
  if (Number.isInteger(everyRounds) && everyRounds >= 1 && everyRounds <= EVERY_ROUNDS_MAX) return null
  return `everyRounds must be a whole number from 1 to ${EVERY_ROUNDS_MAX}, not ${everyRounds}.`
}
