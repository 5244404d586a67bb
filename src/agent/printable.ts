const LENGTH_MAX = 300

/** A text of the hub's or a website's for one line of a terminal: without escape sequences and line breaks of theirs, and not too long. */
export function printable(text: string): string {
  const line = text.replaceAll(/[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/gu, '?')
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX)}…` : line
}
