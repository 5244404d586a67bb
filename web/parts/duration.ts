const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** The two largest units, rounded down: `3 hr 12 min`; nothing at all is 0 seconds. @param ms milliseconds. */
export function duration(ms: number, language: string): string {
  const first = UNITS.findIndex(([, length]) => ms >= length)
  if (first === -1) return unit(ms > 0 ? ms / 1000 : 0, 'second', language)
  const shown = UNITS.slice(first, first + 2)
  let left = ms
  const parts = shown.flatMap(([name, length]) => {
    const count = Math.floor(left / length)
    left -= count * length
    return count === 0 ? [] : [unit(count, name, language)]
  })
  return parts.join(' ')
}

function unit(count: number, name: (typeof UNITS)[number][0], language: string): string {
  const format = { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(language, format).format(count)
}
