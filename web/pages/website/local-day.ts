/** The day of an instant on the reader's clock. @param at ISO 8601. */
export function localDay(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(Date.parse(at))
}
