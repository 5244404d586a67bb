import { useRef, useState } from 'preact/hooks'
import { ask } from '../../api/ask'
import { AddIncidentNoteDocument } from '../../client/graphql'
import { Field } from '../../parts/field'
import { outcomeOf } from '../../parts/outcome'
import { useTexts } from '../../texts/use-texts'
import './notes.css'

/** A note for the timeline. What was typed stays until the hub has it. */
export function NoteForm({ incidentId, onAdded }: { incidentId: string; onAdded: () => void }) {
  const { t } = useTexts()
  const texts = t.incidents
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
