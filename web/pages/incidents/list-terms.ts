import type { IncidentsQueryVariables, IncidentState } from '../../client/graphql'
import { spanOfDay } from '../../parts/day-span'
import { pageTerms, readPage, type PageAt } from '../../parts/page-at'

export const STATES: readonly IncidentState[] = ['ALL', 'OPEN', 'CLOSED']
const INCIDENTS_A_PAGE = 20

/** What of the list stands in its address. */
export interface Terms {
  state: IncidentState
  /** ID of the only website. */
  website: string | null
  /** The first and the last day, `YYYY-MM-DD` on the reader's clock. */
  from: string | null
  to: string | null
  page: PageAt
}

export function readTerms(query: URLSearchParams): Terms {
  const day = (name: string) => {
    const text = query.get(name) ?? ''
    return spanOfDay(text) === null ? null : text
  }
  return {
    state: STATES.find((one) => one === query.get('state')) ?? 'ALL',
    website: query.get('website'),
    from: day('from'),
    to: day('to'),
    page: readPage(query),
  }
}

/** Only what is not the default, so that addresses stay short. */
export function incidentsAddress({
  state = 'ALL',
  website = null,
  from = null,
  to = null,
  page = null,
}: Partial<Terms>) {
  const query = new URLSearchParams({
    ...(state !== 'ALL' && { state }),
    ...(website !== null && { website }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...page,
  }).toString()
  return query === '' ? '/incidents' : `/incidents?${query}`
}

export function incidentAddress(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`
}

/** Whether its last day is before its first one, which no list can be of. */
export function isBackwards({ from, to }: Pick<Terms, 'from' | 'to'>): boolean {
  return from !== null && to !== null && to < from
}

export function isFiltered({ state, website, from, to }: Terms): boolean {
  return state !== 'ALL' || website !== null || from !== null || to !== null
}

export function variablesOf({ state, website, from, to, page }: Terms): IncidentsQueryVariables {
  return {
    state,
    ...(website !== null && { website }),
    ...(from !== null && { from: spanOfDay(from)?.from ?? null }),
    ...(to !== null && !isBackwards({ from, to }) && { to: spanOfDay(to)?.to ?? null }),
    ...pageTerms(page, INCIDENTS_A_PAGE),
  }
}
