/** Control characters and line ends would break logs and tables; PostgreSQL keeps neither NUL nor half a surrogate pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/**
 * What is wrong with a name that an owner gives to something, in one sentence; `null` when nothing is.
 * @param called how the sentence calls it.
 */
export function nameFault(name: string, lengthMax: number, called = 'name'): string | null {
  if (name.trim() === '' || name.length > lengthMax) {
    return `${called} must have 1 to ${lengthMax} characters that are not all blank.`
  }
  return UNPRINTABLE.test(name) ? `${called} must be one line of whole characters, without control characters.` : null
}
