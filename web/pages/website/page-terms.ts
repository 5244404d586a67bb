import { pageTerms, readPage, type PageAt } from '../../parts/page-at'
import type { AccountingMethod, VerdictStatus, WebsitePageQueryVariables } from '../../client/graphql'
import { spanOfDay } from '../../parts/day-span'

export const RANGES = {
  '24h': { range: 'LAST_24_HOURS', resolution: 'MINUTE' },
  '7d': { range: 'LAST_7_DAYS', resolution: 'HOUR' },
  '30d': { range: 'LAST_30_DAYS', resolution: 'HOUR' },
  '90d': { range: 'LAST_90_DAYS', resolution: 'DAY' },
} as const
export type Range = keyof typeof RANGES

export const METHODS: readonly AccountingMethod[] = ['OBSERVED', 'WITH_MAINTENANCE', 'STRICT']
export const STATUSES: readonly VerdictStatus[] = ['Good', 'Bad', 'Inconclusive']
const ROUNDS_A_PAGE = 20

/** What of the page stands in its address. */
export interface Terms {
  range: Range
  method: AccountingMethod
  /** Of the list of verdicts. */
  status: VerdictStatus | null
  /** `YYYY-MM-DD` on the reader's clock. */
  day: string | null
  page: PageAt
  /** The instant of the round that is open; null for the newest. */
  round: string | null
}

export function readTerms(query: URLSearchParams): Terms {
  const round = Date.parse(query.get('round') ?? '')
  const day = query.get('day') ?? ''
  return {
    range: (Object.keys(RANGES) as Range[]).find((one) => one === query.get('range')) ?? '24h',
    method: METHODS.find((one) => one === query.get('method')) ?? 'OBSERVED',
    status: STATUSES.find((one) => one === query.get('verdict')) ?? null,
    day: spanOfDay(day) === null ? null : day,
    page: readPage(query),
    round: Number.isNaN(round) ? null : new Date(round).toISOString(),
  }
}

/** Only what is not the default, so that addresses stay short. */
export function addressOf(id: string, { range, method, status, day, page, round }: Terms): string {
  const query = new URLSearchParams({
    ...(range !== '24h' && { range }),
    ...(method !== 'OBSERVED' && { method }),
    ...(status !== null && { verdict: status }),
    ...(day !== null && { day }),
    ...page,
    ...(round !== null && { round }),
  }).toString()
  return `/websites/${encodeURIComponent(id)}${query === '' ? '' : `?${query}`}`
}

export function variablesOf(id: string, terms: Terms, timeZone: string): WebsitePageQueryVariables {
  const { page, status, method } = terms
  const span = terms.day === null ? null : spanOfDay(terms.day)
  return {
    id,
    timeZone,
    method,
    ...RANGES[terms.range],
    ...(status !== null && { status }),
    ...span,
    ...pageTerms(page, ROUNDS_A_PAGE),
  }
}

export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC'
}
