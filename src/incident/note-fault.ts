/** Characters of a note. */
export const NOTE_LENGTH_MAX = 4_000
/** PostgreSQL keeps neither NUL nor half a surrogate pair; lines and tabs are a text's own. */
const UNPRINTABLE = /[^\P{Cc}\n\r\t]|\p{Cs}/u

/** What is wrong with a note, in one sentence; `null` when nothing is. */
export function noteFault(note: string): string | null {
  if (note.trim() === '' || note.length > NOTE_LENGTH_MAX) {
    return `note must have 1 to ${NOTE_LENGTH_MAX} characters that are not all blank.`
  }
  return UNPRINTABLE.test(note)
    ? 'note must be text of whole characters, without control characters but tabs and line ends.'
    : null
}
