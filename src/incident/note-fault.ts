export const NOTE_LENGTH_MAX = 4_000
/** PostgreSQL stores neither NUL nor half a surrogate pair; line ends and tabs are fine. */
const UNPRINTABLE = /[^\P{Cc}\n\r\t]|\p{Cs}/u

/** One sentence; null for a note that is allowed. */
export function noteFault(note: string): string | null {
  if (note.trim() === '' || note.length > NOTE_LENGTH_MAX) {
    return `note must have 1 to ${NOTE_LENGTH_MAX} characters that are not all blank.`
  }
  return UNPRINTABLE.test(note)
    ? 'note must be text of whole characters, without control characters but tabs and line ends.'
    : null
}
