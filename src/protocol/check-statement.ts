import { createHash } from 'node:crypto'

import type { Check, HttpHeader, IpVersion } from './check.js'
import { statementText } from './statement-text.js'

const IP_VERSION_TEXT: Record<IpVersion, string> = { ANY: 'ANY', V4: '4', V6: '6' }

/** PROTOCOL §2.2. Throws `RangeError` on settings that no statement may hold; `checkFault` refuses them. */
export function checkStatement(check: Check): string {
  return statementText('overlaps-check-v1', [
    ['method', check.method],
    ['timeout-ms', check.timeoutMs],
    ['statuses', check.statuses],
    ['redirects', check.redirects],
    ['keyword', check.keyword === null ? null : Buffer.from(check.keyword, 'utf8').toString('base64url')],
    ['keyword-must', check.keywordMust],
    ['max-latency-ms', check.maxLatencyMs],
    ['certificate-days', check.certificateDays],
    ['ip-version', IP_VERSION_TEXT[check.ipVersion]],
    ['headers', headersHash(check.headers)],
    ['body', check.body === null ? null : sha256(check.body)],
  ])
}

/** SHA-256 of the check statement, hexadecimal. */
export function checkHash(check: Check): string {
  return sha256(checkStatement(check))
}

/** No headers are absent, not the hash of nothing. */
function headersHash(headers: readonly HttpHeader[]): string | null {
  if (headers.length === 0) return null
  return sha256(headers.map(({ name, value }) => `${name.toLowerCase()}: ${value}\n`).join(''))
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
