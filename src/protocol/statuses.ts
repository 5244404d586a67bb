import { HTTP_STATUS_MAX, HTTP_STATUS_MIN } from './limits.js'

export interface StatusRange {
  first: number
  last: number
}

const PART = /^(\d{3})(?:-(\d{3}))?$/

/** PROTOCOL §2.2; `null` unless sorted, disjoint, 100 to 999, and each range rises. */
export function parseStatuses(text: string): StatusRange[] | null {
  const ranges: StatusRange[] = []
  let previousLast = HTTP_STATUS_MIN - 1
  for (const part of text.split(',')) {
    const range = parseRange(part)
    if (range === null || range.first <= previousLast) return null
    ranges.push(range)
    previousLast = range.last
  }
  return ranges
}

export function statusMatches(ranges: readonly StatusRange[], code: number): boolean {
  return ranges.some(({ first, last }) => code >= first && code <= last)
}

function parseRange(part: string): StatusRange | null {
  const match = PART.exec(part)
  if (match === null) return null
  const first = Number(match[1])
  if (match[2] === undefined) return { first, last: first }
  const last = Number(match[2])
  // `200-200` would be a second spelling of `200`.
  return first < last && last <= HTTP_STATUS_MAX ? { first, last } : null
}
