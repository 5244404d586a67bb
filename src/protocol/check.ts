/** What a website asks of every check of it (PROTOCOL §2.2). `null` is an absent criterion. */
export interface Check {
  method: HttpMethod
  /** For everything, redirects and body included. */
  timeoutMs: number
  /** Sorted, disjoint ranges or single codes, joined by commas: `200-299,401`. */
  statuses: string
  /** Hops followed, 0 to 10; with 0 a redirect is the answer itself. */
  redirects: number
  keyword: string | null
  keywordMust: KeywordRule | null
  maxLatencyMs: number | null
  /** The least number of whole days to the certificate's expiry. */
  certificateDays: number | null
  ipVersion: IpVersion
  headers: HttpHeader[]
  body: string | null
}

export type HttpMethod = 'GET' | 'HEAD' | 'POST'
export type KeywordRule = 'PRESENT' | 'ABSENT'
/** As GraphQL spells it; the statement writes `ANY`, `4` and `6`. */
export type IpVersion = 'ANY' | 'V4' | 'V6'
export interface HttpHeader {
  name: string
  value: string
}

/** PROTOCOL §4: what is asked of a website whose owner asks for nothing in particular. */
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
