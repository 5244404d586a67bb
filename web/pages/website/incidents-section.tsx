import { Instant } from '../../parts/instant'
import { StateMark } from '../../parts/state-mark'
import { useTexts } from '../../texts/use-texts'
import { Acknowledgement } from '../incidents/acknowledgement'
import { IncidentDuration } from '../incidents/incident-duration'
import { incidentAddress, incidentsAddress } from '../incidents/list-terms'
import { Note } from '../incidents/note'
import { NoteForm } from '../incidents/note-form'
import type { Incident, PageData } from './page-data'
import '../../parts/entries.css'

/** Times in which it was down, with what its owner wrote about them. */
export function IncidentsSection({ page, onChanged }: { page: PageData; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.incidents
  const { edges, pageInfo } = page.incidents
  return (
    <section class="panel" aria-labelledby="incidents-title">
      <h2 id="incidents-title">{texts.title}</h2>
      {edges.length === 0 && <p>{texts.none}</p>}
      <ul class="entries">
        {edges.map(({ node }) => (
          <IncidentEntry key={node.id} incident={node} onChanged={onChanged} />
        ))}
      </ul>
      {edges.length > 0 && (
        <p>
          {pageInfo.hasNextPage && <span class="quiet">{texts.more} </span>}
          <a href={incidentsAddress({ website: page.id })}>{texts.all}</a>
        </p>
      )}
    </section>
  )
}

function IncidentEntry({ incident, onChanged }: { incident: Incident; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.incidents
  const { id, isOpen, startedAt, endedAt, end, failure, reopenedCount } = incident
  return (
    <li>
      <p class="entry-line">
        {isOpen ? <StateMark state="BAD" /> : null}
        <a href={incidentAddress(id)}>
          <Instant at={startedAt} />
          {endedAt !== null && (
            <>
              {' '}
              – <Instant at={endedAt} />
            </>
          )}
        </a>
        <strong>
          <IncidentDuration incident={incident} />
        </strong>
        {failure !== null && <span>{t.website.failures[failure]}</span>}
        {end !== null && end !== 'RECOVERED' && <span>{texts.ends[end]}</span>}
        {reopenedCount > 0 && <span class="quiet">{texts.reopened(reopenedCount)}</span>}
        <Acknowledgement incident={incident} onChanged={onChanged} />
      </p>
      <Notes incident={incident} onChanged={onChanged} />
    </li>
  )
}

function Notes({ incident, onChanged }: { incident: Incident; onChanged: () => void }) {
  const { t } = useTexts()
  const notes = incident.timeline.edges.flatMap(({ node }) => (node.kind === 'IncidentNote' ? [node] : []))
  return (
    <details class="notes">
      <summary>{t.incidents.notes(notes.length)}</summary>
      {notes.map((note) => (
        <Note key={note.id} note={note} />
      ))}
      <NoteForm incidentId={incident.id} onAdded={onChanged} />
    </details>
  )
}
