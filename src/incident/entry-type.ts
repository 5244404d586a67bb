import type { IncidentEnd, IncidentEventKind } from '../generated/prisma/client.js'
import type { Builder, EnumRef, InterfaceRef, ObjectRef } from '../graph/builder.js'
import type { TickEnums } from '../tick/tick-enums.js'
import type { TimelineEntry } from './list-entries.js'
import type { SightingsRef } from './sightings-type.js'
import { unpackSightings } from './sightings.js'

const TYPE_NAMES = {
  OPENED: 'IncidentOpened',
  REOPENED: 'IncidentReopened',
  CLOSED: 'IncidentClosed',
  ACKNOWLEDGED: 'IncidentAcknowledged',
  NOTE: 'IncidentNote',
} as const satisfies Record<IncidentEventKind, string>

export type EntryRef = InterfaceRef<TimelineEntry>

interface Refs {
  failureClass: TickEnums['failureClass']
  sightings: SightingsRef
}

export function addEntries(
  builder: Builder,
  refs: Refs,
): { entry: EntryRef; note: ObjectRef<TimelineEntry>; incidentEnd: EnumRef<IncidentEnd> } {
  const entry = addEntry(builder)
  const incidentEnd = addIncidentEnd(builder)
  addRoundEntries(builder, { ...refs, entry, incidentEnd })
  builder.objectRef<TimelineEntry>(TYPE_NAMES.ACKNOWLEDGED).implement({
    description: 'The owner has acknowledged it.',
    interfaces: [entry],
  })
  const note = builder.objectRef<TimelineEntry>(TYPE_NAMES.NOTE).implement({
    description: 'A note by the owner.',
    interfaces: [entry],
    fields: (t) => ({ note: t.string({ description: 'The text.', resolve: (one) => one.note ?? '' }) }),
  })
  return { entry, note, incidentEnd }
}

function addEntry(builder: Builder) {
  return builder.interfaceRef<TimelineEntry>('IncidentEntry').implement({
    description: "An entry of an incident's timeline. It never changes.",
    resolveType: ({ kind }) => TYPE_NAMES[kind],
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      at: t.expose('at', {
        type: 'DateTime',
        description: 'When it happened: at the close of the round that caused it, or when the owner acted.',
      }),
    }),
  })
}

function addIncidentEnd(builder: Builder) {
  return builder.enumType('IncidentEnd', {
    description: 'How an incident ended.',
    values: {
      RECOVERED: { description: 'There were as many consecutive Good verdicts as the website asks for.' },
      DISABLED: { description: 'The website was disabled.' },
      DELETED: { description: 'The website was deleted.' },
    } satisfies Record<IncidentEnd, object>,
  })
}

type RoundEntryRefs = Refs & {
  entry: EntryRef
  incidentEnd: EnumRef<IncidentEnd>
}

function addRoundEntries(builder: Builder, { entry, incidentEnd, failureClass, sightings }: RoundEntryRefs): void {
  for (const [kind, description] of [
    ['OPENED', 'A run of Bad verdicts opened it.'],
    ['REOPENED', 'A run of Bad verdicts that began soon after it was closed opened it again.'],
  ] as const) {
    builder.objectRef<TimelineEntry>(TYPE_NAMES[kind]).implement({
      description,
      interfaces: [entry],
      fields: (t) => ({
        roundAt: t.expose('roundAt', { type: 'DateTime', nullable: true, description: 'The round that caused it.' }),
        failure: t.expose('failure', {
          type: failureClass,
          nullable: true,
          description: 'The most common failure among the Bad answers of that round.',
        }),
        sightings: t.field({
          type: sightings,
          nullable: true,
          description: 'What each validator saw in that round.',
          resolve: (one) => (one.sightings === null ? null : unpackSightings(one.sightings)),
        }),
      }),
    })
  }
  builder.objectRef<TimelineEntry>(TYPE_NAMES.CLOSED).implement({
    description: 'It ended.',
    interfaces: [entry],
    fields: (t) => ({
      end: t.field({ type: incidentEnd, description: 'How it ended.', resolve: endOf }),
      roundAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'The round that ended it; null if the owner did.',
        resolve: (one) => (endOf(one) === 'RECOVERED' ? one.roundAt : null),
      }),
      sightings: t.field({
        type: sightings,
        nullable: true,
        description: 'What each validator saw in that round; null if the owner ended it.',
        resolve: (one) => (one.sightings === null ? null : unpackSightings(one.sightings)),
      }),
    }),
  })
}

/** What the owner ends is never reopened, so that it is the incident's own end; no validator saw it. */
function endOf({ sightings, end }: TimelineEntry): IncidentEnd {
  return sightings === null ? (end ?? 'DISABLED') : 'RECOVERED'
}
