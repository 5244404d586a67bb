import type { Incident } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import { acknowledgeIncident } from './acknowledge-incident.js'
import { addIncidentNote, type AddIncidentNoteResult } from './add-incident-note.js'
import type { IncidentTypes } from './incident-type.js'

type Added = Extract<AddIncidentNoteResult, { kind: 'added' }>

const NOT_FOUND = 'The caller has no such incident.'

export function addIncidentMutations(builder: Builder, refs: IncidentTypes): void {
  addAddNote(builder, refs)
  addAcknowledge(builder, refs)
}

function addAddNote(builder: Builder, { incident, note }: IncidentTypes): void {
  const success = builder.objectRef<Added>('AddIncidentNoteSuccess').implement({
    description: "The note is in the incident's timeline.",
    fields: (t) => ({
      incident: t.field({
        type: incident,
        description: 'The incident as it is now.',
        resolve: (outcome) => outcome.incident,
      }),
      note: t.field({
        type: note,
        description: 'The entry.',
        resolve: (outcome) => ({ ...outcome.entry, end: outcome.incident.end }),
      }),
    }),
  })
  const result = addResultOf(builder, 'AddIncidentNote', success, {
    NOT_FOUND,
    INVALID_NOTE: 'The note is blank, longer than 4000 characters or holds control characters.',
  })
  const input = builder.inputType('AddIncidentNoteInput', {
    description: 'A note on an incident.',
    fields: (t) => ({
      id: t.id({ description: 'Which incident.' }),
      note: t.string({ description: 'The words: 1 to 4000 characters, line ends among them.' }),
    }),
  })
  builder.mutationField('addIncidentNote', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: "Adds a note to an incident's timeline, where it stays as it is.",
      args: { input: t.arg({ type: input, description: 'The note.' }) },
      resolve: (_root, { input: { id, note: words } }, context) =>
        addIncidentNote(context, { userId: requireOwner(context), incidentId: id, note: words }),
    }),
  )
}

function addAcknowledge(builder: Builder, { incident }: IncidentTypes): void {
  const success = builder
    .objectRef<{ kind: 'acknowledged'; incident: Incident }>('AcknowledgeIncidentSuccess')
    .implement({
      description: 'The incident is acknowledged.',
      fields: (t) => ({
        incident: t.field({
          type: incident,
          description: 'The incident as it is now.',
          resolve: (outcome) => outcome.incident,
        }),
      }),
    })
  const result = addResultOf(builder, 'AcknowledgeIncident', success, { NOT_FOUND })
  builder.mutationField('acknowledgeIncident', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Says that an incident, open or closed, is seen to. The first time counts; again changes nothing.',
      args: { id: t.arg.id({ description: 'Which incident.' }) },
      resolve: (_root, { id }, context) =>
        acknowledgeIncident(context, { userId: requireOwner(context), incidentId: id }),
    }),
  )
}
