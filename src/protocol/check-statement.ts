import { createHash } from 'node:crypto'

import type { Check, HttpHeader, IpVersion } from './check.js'
import { CHECK_VERSION } from './limits.js'
import { statementText } from './statement-text.js'

const IP_VERSION_TEXT: Record<IpVersion, string> = { ANY: 'ANY', V4: '4', V6: '6' }

/** Those whose statements are still proven (PROTOCOL §2.2). */
export type CheckVersion = 1 | typeof CHECK_VERSION

/** PROTOCOL §2.2. Throws `RangeError` on settings that no statement may hold; `checkFault` refuses them. */
export function checkStatement(check: Check, version: CheckVersion = CHECK_VERSION): string {
  return statementText(`overlaps-check-v${version}`, [
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
export function checkHash(check: Check, version: CheckVersion = CHECK_VERSION): string {
  return sha256(checkStatement(check, version))
}

/** No headers are absent, not the hash of nothing. */
function headersHash(headers: readonly HttpHeader[]): string | null {
  if (headers.length === 0) return null
  return sha256(headers.map(({ name, value }) => `${name.toLowerCase()}: ${value}\n`).join(''))
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
