import type { Check } from './check.js'
import { headersFault } from './headers-fault.js'
import {
  CERTIFICATE_DAYS_MAX,
  CHECK_BODY_MAX_BYTES,
  CHECK_TIMEOUT_MAX_MS,
  CHECK_TIMEOUT_MIN_MS,
  HTTP_STATUS_MAX,
  HTTP_STATUS_MIN,
  KEYWORD_MAX_BYTES,
  REDIRECTS_MAX,
  STATUSES_LENGTH_MAX,
} from './limits.js'
import { parseStatuses } from './statuses.js'

/** One sentence that names the field and what was expected; `null` when nothing is wrong. */
export function checkFault(check: Check): string | null {
  return (
    numbersFault(check) ??
    statusesFault(check) ??
    keywordFault(check) ??
    headersFault(check.headers) ??
    bodyFault(check)
  )
}

function numbersFault({ timeoutMs, redirects, maxLatencyMs, certificateDays }: Check): string | null {
  return (
    rangeFault('timeoutMs', timeoutMs, 'milliseconds', CHECK_TIMEOUT_MIN_MS, CHECK_TIMEOUT_MAX_MS) ??
    rangeFault('redirects', redirects, 'redirects', 0, REDIRECTS_MAX) ??
    rangeFault('maxLatencyMs', maxLatencyMs, 'milliseconds', 1, CHECK_TIMEOUT_MAX_MS) ??
    rangeFault('certificateDays', certificateDays, 'days', 0, CERTIFICATE_DAYS_MAX)
  )
}

function rangeFault(name: string, value: number | null, unit: string, least: number, most: number): string | null {
  if (value === null || (Number.isInteger(value) && value >= least && value <= most)) return null
  return `${name} must be a whole number of ${unit} from ${least} to ${most}, not ${value}.`
}

function statusesFault({ statuses }: Check): string | null {
  if (statuses.length > STATUSES_LENGTH_MAX) return `statuses must have at most ${STATUSES_LENGTH_MAX} characters.`
  if (parseStatuses(statuses) !== null) return null
  return `statuses must be codes or ranges from ${HTTP_STATUS_MIN} to ${HTTP_STATUS_MAX}, rising and without overlap, joined by commas without blanks, such as 200-299,401.`
}

function keywordFault({ method, keyword, keywordMust }: Check): string | null {
  if (keyword === null) {
    return keywordMust === null ? null : 'keywordMust must be left out where there is no keyword.'
  }
  if (keywordMust === null) return 'keywordMust must say whether the keyword is to be PRESENT or ABSENT.'
  if (keyword === '') return 'keyword must not be empty; leave it out to search for nothing.'
  if (method === 'HEAD') return 'keyword must be left out with the method HEAD, whose answers have no body to search.'
  return textFault('keyword', keyword, KEYWORD_MAX_BYTES)
}

function bodyFault({ method, body }: Check): string | null {
  if (body === null) return null
  if (method !== 'POST') return `body must be left out with the method ${method}; only POST sends one.`
  return textFault('body', body, CHECK_BODY_MAX_BYTES)
}

function textFault(name: string, text: string, maxBytes: number): string | null {
  if (Buffer.byteLength(text, 'utf8') > maxBytes) return `${name} must have at most ${maxBytes} bytes in UTF-8.`
  // Half a surrogate pair turns into U+FFFD in UTF-8, so that two texts would have one hash; PostgreSQL keeps no NUL.
  if (/\p{Surrogate}/u.test(text) || text.includes('\0'))
    return `${name} must be text of whole characters, without NUL.`
  return null
}
