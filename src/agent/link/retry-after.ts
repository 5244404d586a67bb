import { HOUR_MS, SECOND_MS } from '../../time.js'

const MOST_MS = HOUR_MS

interface Headers {
  'retry-after'?: string | undefined
  date?: string | undefined
}

/** What `Retry-After` asks to wait, in seconds or until a date by the clock of whoever sent it (RFC 9110 §10.2.3); `null` for neither. */
export function retryAfterMs({ 'retry-after': wanted = '', date = '' }: Headers, now: number): number | null {
  const waitMs = /^\d{1,9}$/.test(wanted) ? Number(wanted) * SECOND_MS : parseDate(wanted) - (parseDate(date) || now)
  return waitMs > 0 ? Math.min(waitMs, MOST_MS) : null
}

/** An HTTP date is always in GMT; `Date.parse` takes other texts for the local time. */
function parseDate(text: string): number {
  return /^[A-Z][a-z]+, .+ GMT$/.test(text) ? Date.parse(text) : Number.NaN
}
