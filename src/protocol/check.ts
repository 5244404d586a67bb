/** PROTOCOL §2.2. `null` is an absent criterion. */
export interface Check {
  method: HttpMethod
  timeoutMs: number
  /** `200-299,401`: sorted and disjoint. */
  statuses: string
  /** With 0 a redirect is the answer itself. */
  redirects: number
  keyword: string | null
  keywordMust: KeywordRule | null
  maxLatencyMs: number | null
  certificateDays: number | null
  ipVersion: IpVersion
  headers: HttpHeader[]
  body: string | null
}

export type HttpMethod = 'GET' | 'HEAD' | 'POST'
export type KeywordRule = 'PRESENT' | 'ABSENT'
export type IpVersion = 'ANY' | 'V4' | 'V6'
export interface HttpHeader {
  name: string
  value: string
}

/** PROTOCOL §4. */
export const DEFAULT_CHECK: Check = {
  method: 'GET',
  timeoutMs: 10_000,
  statuses: '200-299',
  redirects: 5,
  keyword: null,
  keywordMust: null,
  maxLatencyMs: null,
  certificateDays: null,
  ipVersion: 'ANY',
  headers: [],
  body: null,
}
