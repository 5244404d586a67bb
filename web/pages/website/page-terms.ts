import { pageTerms, readPage, type PageAt } from '../../parts/page-at'
import type { AccountingMethod, VerdictStatus, WebsitePageQueryVariables } from '../../client/graphql'

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

/** From midnight to midnight on the reader's clock; null where that is no day. */
export function spanOfDay(day: string): { from: string; to: string } | null {
  const [, year = 0, month = 0, date = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []).map(Number)
  const from = new Date(year, month - 1, date)
  if (year === 0 || from.getMonth() !== month - 1 || from.getDate() !== date) return null
  return { from: from.toISOString(), to: new Date(year, month - 1, date + 1).toISOString() }
}

/** The day of an instant on the reader's clock, as `YYYY-MM-DD`. */
export function dayOf(at: string): string {
  const local = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`
}

export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC'
}
