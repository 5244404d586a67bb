import { useDocument } from '../../api/use-document'
import { IncidentsDocument } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { Paging } from '../../parts/paging'
import { queryAddress } from '../../parts/query-address'
import { useTexts } from '../../texts/use-texts'
import { IncidentFilters } from './incident-filters'
import { IncidentTable } from './incident-table'
import { incidentsAddress, isBackwards, isFiltered, readTerms, variablesOf } from './list-terms'
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
      {data !== null && (
        <Paging
          label={t.incidents.pages}
          pageInfo={data.incidents.pageInfo}
          at={terms.page}
          hrefOf={(page) => incidentsAddress({ ...terms, page })}
        />
      )}
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
