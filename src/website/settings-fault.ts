/** Characters of a website's name. */
export const WEBSITE_NAME_LENGTH_MAX = 200
/** Rounds from one check to the next at most: a day of rounds of a minute. */
export const EVERY_ROUNDS_MAX = 1_440

/** Control characters and line ends would break logs and tables; PostgreSQL keeps neither NUL nor half a surrogate pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** What is wrong with a website's name, in one sentence; `null` when nothing is. */
export function nameFault(name: string): string | null {
  if (name.trim() === '' || name.length > WEBSITE_NAME_LENGTH_MAX) {
    return `name must have 1 to ${WEBSITE_NAME_LENGTH_MAX} characters that are not all blank.`
  }
  return UNPRINTABLE.test(name) ? 'name must be one line of whole characters, without control characters.' : null
}

/** What is wrong with the number of rounds from one check to the next, in one sentence; `null` when nothing is. */
export function everyRoundsFault(everyRounds: number): string | null {
  if (Number.isInteger(everyRounds) && everyRounds >= 1 && everyRounds <= EVERY_ROUNDS_MAX) return null
  return `everyRounds must be a whole number from 1 to ${EVERY_ROUNDS_MAX}, not ${everyRounds}.`
}
