/** Numbers with their units, and never more digits than are known. */

/** A share as per cent: 100 % only where it is all of it. @param ratio 0 to 1; null where nobody knows. */
export function percent(ratio: number | null, language: string): string {
  if (ratio === null) return '–'
  const digits = ratio === 1 || ratio === 0 ? 0 : ratio > 0.999 ? 3 : 2
  // Cut, not rounded, so that one outage is never shown as none.
  const cut = Math.floor(ratio * 100 * 10 ** digits) / (100 * 10 ** digits)
  const format = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(language, format).format(cut)
}

/** A share of what is not known: what is little is not shown as none. @param ratio 0 to 1; null where nothing is counted. */
export function share(ratio: number | null, language: string): string {
  if (ratio === null) return '–'
  const least = 0.0001
  const digits = ratio === 0 || ratio === 1 ? 0 : ratio < 0.1 ? 2 : 1
  const format = { style: 'percent', maximumFractionDigits: digits } as const
  const text = (value: number) => new Intl.NumberFormat(language, format).format(value)
  if (ratio > 0 && ratio < least) return `< ${text(least)}`
  // All but all is not all.
  return text(ratio < 1 ? Math.min(ratio, 0.999) : ratio)
}

/** @param us microseconds. */
export function latency(us: number | null, language: string): string {
  if (us === null) return '–'
  const ms = us / 1000
  const digits = ms < 10 ? 1 : 0
  if (ms < 10_000) return `${number(ms, digits, language)} ms`
  return `${number(ms / 1000, 1, language)} s`
}

function number(value: number, digits: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
}
