/** Control characters and line ends would break logs and tables; PostgreSQL stores neither NUL nor lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** One sentence, or null for a valid name. */
export function nameFault(name: string, lengthMax: number): string | null {
  if (name.trim() === '' || name.length > lengthMax) {
    return `name must have 1 to ${lengthMax} characters that are not all blank.`
  }
  return UNPRINTABLE.test(name) ? 'name must be one line of whole characters, without control characters.' : null
}
