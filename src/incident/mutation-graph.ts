import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { acknowledgeIncident, type AcknowledgeIncidentResult } from './acknowledge-incident.js'
import { addIncidentNote, type AddIncidentNoteResult, NOTES_MAX } from './add-incident-note.js'
import type { IncidentTypes } from './incident-type.js'
import { NOTE_LENGTH_MAX } from './note-fault.js'

const NOT_FOUND = 'The caller has no such incident.'

export function addIncidentMutations(builder: Builder, refs: IncidentTypes): void {
  addAddNote(builder, refs)
  addAcknowledge(builder, refs)
}

function addAddNote(builder: Builder, { incident, note }: IncidentTypes): void {
  const result = addResult<AddIncidentNoteResult>(
    builder,
    'AddIncidentNote',
    {
      description: "The note is in the incident's timeline.",
      fields: (t) => ({
        incident: t.field({
          type: incident,
          description: 'The incident as it is now.',
          resolve: (added) => added.incident,
        }),
        note: t.field({
          type: note,
          description: 'The entry.',
          resolve: (added) => ({ ...added.entry, end: added.incident.end }),
        }),
      }),
    },
    {
      NOT_FOUND,
      INVALID_NOTE: `The note is blank, longer than ${NOTE_LENGTH_MAX} characters or holds control characters.`,
      TOO_MANY_NOTES: `The incident has ${NOTES_MAX} notes already.`,
    },
  )
  const input = builder.inputType('AddIncidentNoteInput', {
    description: 'A note on an incident.',
    fields: (t) => ({
      id: t.id({ description: 'ID of the incident.' }),
      note: t.string({ description: `The text: 1 to ${NOTE_LENGTH_MAX} characters, line ends allowed.` }),
    }),
  })
  builder.mutationField('addIncidentNote', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: `Adds a note to an incident's timeline. Notes cannot be changed; an incident takes at most ${NOTES_MAX}.`,
      args: { input: t.arg({ type: input, description: 'The note.' }) },
      resolve: (_root, args, context) => addIncidentNote(context, ownerIn(context), args.input),
    }),
  )
}

function addAcknowledge(builder: Builder, { incident }: IncidentTypes): void {
  const result = addResult<AcknowledgeIncidentResult>(
    builder,
    'AcknowledgeIncident',
    {
      description: 'The incident is acknowledged.',
      fields: (t) => ({
        incident: t.field({
          type: incident,
          description: 'The incident as it is now.',
          resolve: (acknowledged) => acknowledged.incident,
        }),
      }),
    },
    { NOT_FOUND },
  )
  builder.mutationField('acknowledgeIncident', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Acknowledges an incident, open or closed. Only the first time counts.',
      args: { id: t.arg.id({ description: 'ID of the incident.' }) },
      resolve: (_root, { id }, context) => acknowledgeIncident(context, ownerIn(context), id),
    }),
  )
}
