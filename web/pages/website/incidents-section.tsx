import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { AcknowledgeIncidentDocument, AddIncidentNoteDocument } from '../../client/graphql'
import { duration } from '../../parts/duration'
import { Field } from '../../parts/field'
import { Instant } from '../../parts/instant'
import { messageOf, outcomeOf } from '../../parts/outcome'
import { StateMark } from '../../parts/state-mark'
import { instant } from '../../parts/time'
import { useTexts } from '../../texts/use-texts'
import type { Incident, PageData } from './page-data'
import '../../parts/entries.css'

/** Times in which it was down, with what its owner wrote about them. */
export function IncidentsSection({ page, onChanged }: { page: PageData; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.website.incidents
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
      {pageInfo.hasNextPage && <p class="quiet">{texts.more}</p>}
    </section>
  )
}

function IncidentEntry({ incident, onChanged }: { incident: Incident; onChanged: () => void }) {
  const { t, language } = useTexts()
  const texts = t.website.incidents
  const { isOpen, startedAt, endedAt, end, durationS, failure, reopenedCount } = incident
  return (
    <li>
      <p class="entry-line">
        {isOpen ? <StateMark state="BAD" /> : null}
        <span>
          <Instant at={startedAt} />
          {endedAt !== null && (
            <>
              {' '}
              – <Instant at={endedAt} />
            </>
          )}
        </span>
        <strong>
          {duration(durationS * 1000, language)} {isOpen && texts.soFar}
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

function Acknowledgement({ incident, onChanged }: { incident: Incident; onChanged: () => void }) {
  const { t, language } = useTexts()
  const texts = t.website.incidents
  const [refusal, setRefusal] = useState<string | null>(null)
  if (incident.acknowledgedAt !== null) {
    return <span class="quiet">{texts.acknowledged(instant(Date.parse(incident.acknowledgedAt), language))}</span>
  }
  const acknowledge = async () => {
    const asked = await ask(AcknowledgeIncidentDocument, { id: incident.id })
    const message = messageOf(outcomeOf(asked, (data) => data.acknowledgeIncident, t))
    setRefusal(message)
    if (message === null) onChanged()
  }
  return (
    <>
      <button type="button" class="small" onClick={() => void acknowledge()}>
        {texts.acknowledge}
      </button>
      {refusal !== null && (
        <span role="alert" class="refusal">
          {refusal}
        </span>
      )}
    </>
  )
}

function Notes({ incident, onChanged }: { incident: Incident; onChanged: () => void }) {
  const { t } = useTexts()
  const texts = t.website.incidents
  const notes = incident.timeline.edges.flatMap(({ node }) => (node.kind === 'IncidentNote' ? [node] : []))
  return (
    <details class="notes">
      <summary>{texts.notes(notes.length)}</summary>
      {notes.map(({ id, at, note }) => (
        <blockquote key={id}>
          <p class="note-text">{note}</p>
          <p class="quiet small">
            <Instant at={at} />
          </p>
        </blockquote>
      ))}
      <NoteForm incidentId={incident.id} onAdded={onChanged} />
    </details>
  )
}

function NoteForm({ incidentId, onAdded }: { incidentId: string; onAdded: () => void }) {
  const { t } = useTexts()
  const texts = t.website.incidents
  const [note, setNote] = useState('')
  const [faults, setFaults] = useState<readonly string[]>([])
  const field = useRef<HTMLTextAreaElement>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    const asked = await ask(AddIncidentNoteDocument, { input: { id: incidentId, note } })
    const outcome = outcomeOf(asked, (data) => data.addIncidentNote, t)
    setFaults(outcome.kind === 'done' ? [] : outcome.faults.map(({ message }) => message))
    field.current?.focus()
    if (outcome.kind !== 'done') return
    setNote('')
    onAdded()
  }
  return (
    <form class="note-form" onSubmit={(event) => void send(event)}>
      <Field id={`note-${incidentId}`} label={texts.note} hint={texts.noteHint} faults={faults}>
        {(control) => (
          <textarea
            {...control}
            ref={field}
            rows={2}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit">{texts.addNote}</button>
    </form>
  )
}
