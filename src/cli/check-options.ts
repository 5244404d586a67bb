import { StartFault } from '../start-fault.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import type { Check, HttpHeader, HttpMethod, IpVersion, KeywordRule } from '../protocol/check.js'

export interface CheckOptions {
  method?: HttpMethod
  timeout?: string
  statuses?: string
  redirects?: string
  keyword?: string
  keywordAbsent?: string
  maxLatency?: string
  certificateDays?: string
  ip?: '4' | '6'
  header?: string[]
  body?: string
  allowPrivate?: true
  ports?: string
  json?: true
}

/** The protocol's defaults for what was not typed. Throws StartFault on what cannot be read at all. */
export function checkOf(options: CheckOptions): Check {
  return {
    method: options.method ?? DEFAULT_CHECK.method,
    timeoutMs: readNumber('--timeout', options.timeout) ?? DEFAULT_CHECK.timeoutMs,
    statuses: options.statuses ?? DEFAULT_CHECK.statuses,
    redirects: readNumber('--redirects', options.redirects) ?? DEFAULT_CHECK.redirects,
    ...readKeyword(options),
    maxLatencyMs: readNumber('--max-latency', options.maxLatency),
    certificateDays: readNumber('--certificate-days', options.certificateDays),
    ipVersion: options.ip === undefined ? DEFAULT_CHECK.ipVersion : IP_VERSIONS[options.ip],
    headers: (options.header ?? []).map(readHeader),
    body: options.body ?? null,
  }
}

const IP_VERSIONS: Record<'4' | '6', IpVersion> = { '4': 'V4', '6': 'V6' }

function readNumber(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,9}$/.test(text)) throw new StartFault(`${flag} must be a whole number, not ${text}.`)
  return Number(text)
}

function readKeyword({ keyword, keywordAbsent }: CheckOptions): {
  keyword: string | null
  keywordMust: KeywordRule | null
} {
  if (keyword !== undefined && keywordAbsent !== undefined) {
    throw new StartFault('--keyword and --keyword-absent cannot be combined: a check has one keyword.')
  }
  if (keywordAbsent !== undefined) return { keyword: keywordAbsent, keywordMust: 'ABSENT' }
  return keyword === undefined ? { keyword: null, keywordMust: null } : { keyword, keywordMust: 'PRESENT' }
}

function readHeader(text: string): HttpHeader {
  const colon = text.indexOf(':')
  if (colon < 1) throw new StartFault(`--header must be written 'name: value', not ${text}.`)
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() }
}
