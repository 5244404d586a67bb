const LENGTH_MAX = 300

/** A stranger's text for a terminal: no escape sequences, line breaks or marks that turn the line around. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/gu, '?')
}

export function printableLine(text: string): string {
  const line = withoutControls(text)
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX)}…` : line
}
