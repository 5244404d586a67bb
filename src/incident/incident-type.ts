import { addConnection } from '../graph/add-connection.js'
import { perOperation } from '../graph/batch.js'
import type { Builder, ModelRef, ObjectRef } from '../graph/builder.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import type { WebsiteRefs } from '../website/website-type.js'
import { addEntries, type EntryRef } from './entry-type.js'
import { listEntries, type TimelineEntry, type TimelinePage } from './list-entries.js'
import { addSightings, type SightingRefs } from './sightings-type.js'

export type IncidentRef = ModelRef<'Incident'>

export type IncidentRefs = SightingRefs & Pick<WebsiteRefs, 'website'>

export interface IncidentTypes {
  incident: IncidentRef
  note: ObjectRef<TimelineEntry>
}

export function addIncidentType(builder: Builder, refs: IncidentRefs): IncidentTypes {
  const { entry, note, incidentEnd } = addEntries(builder, { ...refs, sightings: addSightings(builder, refs) })
  const incident = builder.prismaObject('Incident', {
    description: "A period in which a website was down. Only the website's owner sees it.",
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      website: t.relation('website', {
        type: refs.website,
        description: 'The website that was down, possibly deleted.',
      }),
      startedAt: t.expose('startedAt', {
        type: 'DateTime',
        description: 'The first round of the run of Bad verdicts.',
      }),
      openedAt: t.expose('openedAt', {
        type: 'DateTime',
        description: 'The round that completed the run and opened the incident for the first time.',
      }),
      endedAt: t.expose('endedAt', {
        type: 'DateTime',
        nullable: true,
        description:
          'The first round of the run of Good verdicts that closed it, or when the website was disabled or deleted; null while open.',
      }),
      end: t.expose('end', { type: incidentEnd, nullable: true, description: 'How it ended; null while open.' }),
      isOpen: t.boolean({ description: 'Whether it is still open.', resolve: ({ endedAt }) => endedAt === null }),
      durationS: t.int({
        description: 'Whole seconds from its start to its end; until now while open.',
        resolve: ({ startedAt, endedAt }, _arguments, { clock }) =>
          durationS(startedAt.getTime(), endedAt?.getTime() ?? clock.now()),
      }),
      failure: t.expose('failure', {
        type: refs.failureClass,
        nullable: true,
        description: 'The most common failure among the Bad answers of the round that opened it.',
      }),
      reopenedCount: t.exposeInt('reopenedCount', { description: 'How often it was reopened.' }),
      acknowledgedAt: t.expose('acknowledgedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When its owner acknowledged it; null if nobody has.',
      }),
      revision: t.exposeInt('revision', { description: 'Rises with every change, from 1.' }),
    }),
  })
  addTimeline(builder, incident, entry)
  return { incident, note }
}

function addTimeline(builder: Builder, incident: IncidentRef, entry: EntryRef): void {
  const entriesOf = perOperation(({ store }, pages: readonly TimelinePage[]) => listEntries(store, pages))
  const entryConnection = addConnection(builder, entry, {
    page: 'A page of a timeline.',
    edge: 'An entry on its page.',
  })
  builder.prismaObjectField(incident, 'timeline', (t) =>
    t.connection(
      {
        type: entry,
        description: 'What happened, oldest first.',
        resolve: (incident, page, context) =>
          resolvePage(page, {
            cursor: ID_CURSOR,
            listed: 'oldestFirst',
            read: (slice) => entriesOf(context, { incident, ...slice }),
          }),
      },
      entryConnection,
    ),
  )
}

/** Never negative: a round may be ahead of this hub's clock. */
function durationS(from: number, until: number): number {
  return Math.max(0, Math.floor((until - from) / 1000))
}
