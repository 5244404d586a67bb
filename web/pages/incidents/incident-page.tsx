import { useDocument } from '../../api/use-document'
import { IncidentDocument, type IncidentQuery } from '../../client/graphql'
import { FaultNote } from '../../parts/fault-note'
import { Instant } from '../../parts/instant'
import { queryAddress } from '../../parts/query-address'
import { StateMark } from '../../parts/state-mark'
import { useTitle } from '../../parts/use-title'
import { useTexts } from '../../texts/use-texts'
import { Acknowledgement } from './acknowledgement'
import { IncidentDuration } from './incident-duration'
import { incidentAddress } from './list-terms'
import { NoteForm } from './note-form'
import { Timeline } from './timeline'
import { useIncidentChanges } from './use-incident-changes'
import '../../parts/panel.css'

type Incident = NonNullable<IncidentQuery['incident']>

/** One incident: what happened, who saw it, and what its owner says about it. */
export function IncidentPage({ id, query }: { id: string; query: URLSearchParams }) {
  const { t } = useTexts()
  const after = query.get('after')
  const variables = { id, after }
  const { data, fault, refresh } = useDocument(IncidentDocument, variables)
  useIncidentChanges(id, refresh)
  const incident = data?.incident ?? null
  if (data !== null && incident === null) return <Gone />
  return (
    <>
      {incident === null && <h1>{t.incidents.incident}</h1>}
      {fault !== null && <FaultNote fault={fault} onRetry={refresh} />}
      {incident === null && fault === null && <p role="status">{t.incidents.loading}</p>}
      {incident !== null && (
        <>
          <Head incident={incident} onChanged={refresh} />
          <section class="panel" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{t.incidents.timeline}</h2>
            <Timeline incident={incident} />
            <Paging incident={incident} isLater={after !== null} />
          </section>
          <section class="panel" aria-labelledby="note-title">
            <h2 id="note-title">{t.incidents.writeNote}</h2>
            <NoteForm incidentId={id} onAdded={refresh} />
          </section>
        </>
      )}
      <p class="small">
        <a href={queryAddress(IncidentDocument, variables)}>{t.website.pageQuery}</a>
      </p>
    </>
  )
}

function Head({ incident, onChanged }: { incident: Incident; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.incidents
  const { isOpen, startedAt, openedAt, endedAt, end, failure, reopenedCount, website } = incident
  const title = texts.one(website.name)
  useTitle(title)
  const facts: [string, preact.ComponentChildren][] = [
    [texts.columns.state, isOpen ? <StateMark state="BAD" /> : texts.ended],
    [texts.columns.website, <a href={`/websites/${website.id}`}>{website.name}</a>],
    [texts.columns.duration, <IncidentDuration incident={incident} />],
    [texts.columns.failure, failure === null ? '–' : t.website.failures[failure]],
    [texts.facts.began, <Instant at={startedAt} precision="SECOND" />],
    [texts.facts.opened, <Instant at={openedAt} precision="SECOND" />],
  ]
  if (endedAt !== null) facts.push([texts.facts.ended, <Instant at={endedAt} precision="SECOND" />])
  if (end !== null) facts.push([texts.facts.howEnded, texts.ends[end]])
  return (
    <section class="panel">
      <h1>{title}</h1>
      <p class="quiet">{website.url}</p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {reopenedCount > 0 && <p>{texts.reopened(reopenedCount)}</p>}
      <p>
        <Acknowledgement incident={incident} onChanged={onChanged} />
      </p>
    </section>
  )
}

function Paging({ incident: { id, timeline }, isLater }: { incident: Incident; isLater: boolean }) {
  const { t } = useTexts()
  const { hasNextPage, endCursor } = timeline.pageInfo
  return (
    <>
      {isLater && <a href={incidentAddress(id)}>{t.incidents.fromBeginning}</a>}
      {hasNextPage && endCursor !== null && (
        <a href={`${incidentAddress(id)}?${new URLSearchParams({ after: endCursor }).toString()}`}>
          {t.incidents.later}
        </a>
      )}
    </>
  )
}

function Gone() {
  const { t } = useTexts()
  return (
    <>
      <h1>{t.notFound.title}</h1>
      <p>{t.incidents.notFound}</p>
      <p>
        <a href="/incidents">{t.incidents.back}</a>
      </p>
    </>
  )
}
