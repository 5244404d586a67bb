import { type Check, DEFAULT_CHECK } from '../protocol/check.js'

/** A check as the protocol has it from its row. Settings written before a field existed have its default. */
export function readCheck(settings: unknown): Check {
  const check = { ...DEFAULT_CHECK, ...(settings as Partial<Check>) }
  return {
    method: check.method,
    timeoutMs: check.timeoutMs,
    statuses: check.statuses,
    redirects: check.redirects,
    keyword: check.keyword,
    keywordMust: check.keywordMust,
    maxLatencyMs: check.maxLatencyMs,
    certificateDays: check.certificateDays,
    ipVersion: check.ipVersion,
    headers: check.headers.map(({ name, value }) => ({ name, value })),
    body: check.body,
  }
}
