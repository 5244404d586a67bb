import { useMemo } from 'preact/hooks'
import { WebsitePageDocument } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { queryAddress } from '../../parts/query-address'
import { useTexts } from '../../texts/use-texts'
import { DayBars } from './day-bars'
import { dayFigures } from './day-figures'
import { ExportSection } from './export-section'
import { IncidentsSection } from './incidents-section'
import { LatencySection } from './latency-section'
import { MaintenanceSection } from './maintenance-section'
import { nowOf } from './now'
import { NowSentence } from './now-sentence'
import { OwnershipSection } from './ownership-section'
import type { PageData } from './page-data'
import { addressOf, readersZone, readTerms, variablesOf, type Terms } from './page-terms'
import { RoundSection } from './round-section'
import { SettingsSection } from './settings-section'
import { UptimeSection } from './uptime-section'
import { useWebsite } from './use-website'
import { VerdictList } from './verdict-list'
import { WebsiteTitle } from './website-title'
import '../../parts/panel.css'
import './website.css'

/** Everything about one website: what is true now, how it was, who saw it, and what can be changed. */
export function WebsitePage({ id, query }: { id: string; query: URLSearchParams }) {
  const { t } = useTexts()
  const terms = readTerms(query)
  const variables = variablesOf(id, terms, readersZone())
  const { page, isGone, fault, refresh } = useWebsite(id, variables)
  if (isGone) return <Gone />
  return (
    <div class="website">
      {page === null && <h1>{t.website.website}</h1>}
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {page === null && fault === null && <p role="status">{t.website.loading}</p>}
      {page !== null && <Sections page={page} terms={terms} onChanged={refresh} />}
      <p class="small">
        <a href={queryAddress(WebsitePageDocument, variables)}>{t.website.pageQuery}</a>
      </p>
    </div>
  )
}

function Sections({ page, terms, onChanged }: { page: PageData; terms: Terms; onChanged: () => void }) {
  const { createdAt, id } = page
  const until = page.day.to
  const days = useMemo(() => dayFigures(page.days, { createdAt, until }), [page.days, createdAt, until])
  return (
    <>
      <WebsiteTitle page={page} />
      <NowSentence
        now={nowOf(page)}
        inMaintenance={page.inMaintenance}
        isSingle={page.status !== null && page.verdict?.confidence === 'SINGLE'}
      />
      {(page.ownership.withheld || page.ownership.failedAt !== null) && (
        <OwnershipSection ownership={page.ownership} websiteId={id} onChanged={onChanged} />
      )}
      <DayBars
        days={days}
        hrefOfDay={(day) => `${addressOf(id, { ...terms, day, page: null, status: null })}#verdicts`}
      />
      <UptimeSection page={page} terms={terms} />
      <LatencySection page={page} terms={terms} />
      <RoundSection
        websiteId={id}
        roundAt={terms.round ?? page.verdict?.roundAt ?? null}
        isOpened={terms.round !== null}
        hrefOfNewest={addressOf(id, { ...terms, round: null })}
      />
      <VerdictList page={page} terms={terms} />
      <IncidentsSection page={page} onChanged={onChanged} />
      <MaintenanceSection page={page} onChanged={onChanged} />
      <SettingsSection page={page} onChanged={onChanged} />
      <ExportSection websiteId={id} />
    </>
  )
}

function Gone() {
  const { t } = useTexts()
  return (
    <>
      <h1>{t.notFound.title}</h1>
      <p>{t.website.notFound}</p>
      <p>
        <a href="/websites">{t.notFound.back}</a>
      </p>
    </>
  )
}
