import { useDocument } from '../../api/use-document'
import { IncidentsDocument, type IncidentsQuery } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { queryAddress } from '../../parts/query-address'
import { useTexts } from '../../texts/use-texts'
import { IncidentFilters } from './incident-filters'
import { IncidentTable } from './incident-table'
import { incidentsAddress, isBackwards, isFiltered, readTerms, variablesOf, type Terms } from './list-terms'
import { useIncidentChanges } from './use-incident-changes'
import '../../parts/panel.css'

/** All incidents, newest first, live. What is filtered stands in the address. */
export function Incidents({ query }: { query: URLSearchParams }) {
  const { t } = useTexts()
  const terms = readTerms(query)
  const variables = variablesOf(terms)
  const { data, fault, refresh } = useDocument(IncidentsDocument, variables)
  useIncidentChanges(null, refresh)
  const rows = data?.incidents.edges.map(({ node }) => node) ?? []
  const websites = data?.websites.edges.map(({ node }) => node) ?? []
  return (
    <>
      <h1>{t.incidents.title}</h1>
      <IncidentFilters terms={terms} websites={[...websites, ...rows.map(({ website }) => website)]} />
      {isBackwards(terms) && (
        <p role="alert" class="refusal">
          {t.incidents.filter.wrongSpan}
        </p>
      )}
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {data === null && fault === null && <p role="status">{t.incidents.loading}</p>}
      {data !== null && rows.length === 0 && <Empty isFiltered={isFiltered(terms) || terms.page !== null} />}
      {rows.length > 0 && <IncidentTable incidents={rows} onChanged={refresh} />}
      {data !== null && <Paging pageInfo={data.incidents.pageInfo} terms={terms} />}
      <p class="small">
        <a href={queryAddress(IncidentsDocument, variables)}>{t.website.pageQuery}</a>
      </p>
    </>
  )
}

function Empty({ isFiltered: isOfFilter }: { isFiltered: boolean }) {
  const { t } = useTexts()
  return (
    <div class="panel">
      <h2>{isOfFilter ? t.incidents.noMatch : t.incidents.noneYet}</h2>
      <p>{isOfFilter ? t.incidents.noMatchHint : t.incidents.noneYetHint}</p>
    </div>
  )
}

function Paging({ pageInfo, terms }: { pageInfo: IncidentsQuery['incidents']['pageInfo']; terms: Terms }) {
  const { t } = useTexts()
  const texts = t.incidents
  if (terms.page === null && !pageInfo.hasNextPage) return null
  const hrefOf = (page: Terms['page']) => incidentsAddress({ ...terms, page })
  return (
    <nav class="buttons" aria-label={texts.pages}>
      {terms.page !== null && (
        <a class="button" href={hrefOf(null)}>
          {texts.newest}
        </a>
      )}
      {terms.page !== null && pageInfo.hasPreviousPage && pageInfo.startCursor !== null && (
        <a class="button" href={hrefOf({ before: pageInfo.startCursor })} rel="prev">
          {texts.newer}
        </a>
      )}
      {pageInfo.hasNextPage && pageInfo.endCursor !== null && (
        <a class="button" href={hrefOf({ after: pageInfo.endCursor })} rel="next">
          {texts.older}
        </a>
      )}
    </nav>
  )
}
