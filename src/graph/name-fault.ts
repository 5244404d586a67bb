/** Control characters and line ends would break logs and tables; PostgreSQL keeps neither NUL nor half a surrogate pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** What is wrong with a name that an owner gives to something, in one sentence; `null` when nothing is. */
export function nameFault(name: string, lengthMax: number): string | null {
  if (name.trim() === '' || name.length > lengthMax) {
    return `name must have 1 to ${lengthMax} characters that are not all blank.`
  }
  return UNPRINTABLE.test(name) ? 'name must be one line of whole characters, without control characters.' : null
}
