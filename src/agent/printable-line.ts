const LENGTH_MAX = 300

/** A stranger's text for a terminal: without escape sequences and line breaks, nor marks that turn the line around. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/gu, '?')
}

/** The same for one line, cut where it is too long. */
export function printableLine(text: string): string {
  const line = withoutControls(text)
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX)}…` : line
}
