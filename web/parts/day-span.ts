/** From midnight to midnight on the reader's clock; null where that is no day. */
export function spanOfDay(day: string): { from: string; to: string } | null {
  const [, year = 0, month = 0, date = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []).map(Number)
  const from = new Date(year, month - 1, date)
  if (year === 0 || from.getMonth() !== month - 1 || from.getDate() !== date) return null
  return { from: from.toISOString(), to: new Date(year, month - 1, date + 1).toISOString() }
}

/** The day of an instant on the reader's clock, as `YYYY-MM-DD`. */
export function dayOf(at: string): string {
  const local = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`
}
