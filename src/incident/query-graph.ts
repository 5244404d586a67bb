import type { ArgBuilder } from '@pothos/core'
import { validate as isUuid } from 'uuid'
import { addConnection, type ConnectionRef } from '../graph/add-connection.js'
import { perOperation } from '../graph/batch.js'
import { ownerIn } from '../graph/actor.js'
import type { Builder, Types } from '../graph/builder.js'
import { fault } from '../graph/fault.js'
import { ID_CURSOR, resolvePage } from '../graph/resolve-page.js'
import { readInstant } from '../graph/instant-argument.js'
import type { WebsiteRef } from '../website/website-type.js'
import { findIncident, findOpenIncidents } from './find-incident.js'
import type { IncidentRef } from './incident-type.js'
import { type IncidentState, listIncidents } from './list-incidents.js'

interface Refs {
  incident: IncidentRef
  incidentConnection: ConnectionRef<IncidentRef>
  website: WebsiteRef
}

export function addIncidentQueries(
  builder: Builder,
  { incident, website }: { incident: IncidentRef; website: WebsiteRef },
): void {
  const incidentConnection = addConnection(builder, incident, {
    page: 'A page of incidents.',
    edge: 'An incident on its page.',
  })
  const refs = { incident, incidentConnection, website }
  builder.queryField('incident', (t) =>
    t.field({
      audience: 'OWNER',
      type: incident,
      nullable: true,
      description: "One of the caller's incidents; null if there is none with this id.",
      args: { id: t.arg.id({ description: 'ID of the incident.' }) },
      resolve: (_root, { id }, context) => findIncident(context.store, { userId: ownerIn(context).userId, id }),
    }),
  )
  addIncidents(builder, refs)
  addOpenIncident(builder, refs)
  addWebsiteIncidents(builder, refs)
}

function addIncidents(builder: Builder, { incident, incidentConnection }: Refs): void {
  const state = builder.enumType('IncidentState', {
    description: 'Filters incidents.',
    values: {
      OPEN: { description: 'Those that have not ended.' },
      CLOSED: { description: 'Those that have ended.' },
      ALL: { description: 'All of them.' },
    } satisfies Record<IncidentState, object>,
  })
  builder.queryField('incidents', (t) =>
    t.connection(
      {
        audience: 'OWNER',
        type: incident,
        description: "The incidents of the caller's websites, deleted websites included, most recently opened first.",
        args: {
          state: t.arg({ type: state, defaultValue: 'ALL', description: 'Only those in this state.' }),
          websiteId: t.arg.id({ required: false, description: 'Only those of this website, deleted or not.' }),
          ...spanArguments(t.arg),
        },
        resolve: (_root, { state, websiteId = null, ...page }, context) => {
          const { userId } = ownerIn(context)
          const span = readSpan(page)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            read: async (slice) =>
              websiteId === null || isUuid(websiteId)
                ? listIncidents(context.store, { userId, state, websiteId, ...span, ...slice })
                : [],
          })
        },
      },
      incidentConnection,
    ),
  )
}

function addOpenIncident(builder: Builder, { incident, website }: Omit<Refs, 'incidentConnection'>): void {
  const openIncidentsOf = perOperation(({ store }, nos: readonly number[]) => findOpenIncidents(store, nos))
  builder.prismaObjectField(website, 'openIncident', (t) =>
    t.field({
      type: incident,
      nullable: true,
      description: 'The open incident; null if there is none.',
      // Disabling or deleting it ends the incident a moment later.
      resolve: ({ no, enabled, deletedAt }, _arguments, context) =>
        enabled && deletedAt === null ? openIncidentsOf(context, no) : null,
    }),
  )
}

function addWebsiteIncidents(builder: Builder, { incident, incidentConnection, website }: Refs): void {
  builder.prismaObjectField(website, 'incidents', (t) =>
    t.connection(
      {
        type: incident,
        description: 'Its incidents, newest first.',
        args: spanArguments(t.arg),
        resolve: ({ userId, id: websiteId }, page, { store }) => {
          const span = readSpan(page)
          return resolvePage(page, {
            cursor: ID_CURSOR,
            read: (slice) => listIncidents(store, { userId, websiteId, state: 'ALL', ...span, ...slice }),
          })
        },
      },
      incidentConnection,
    ),
  )
}

function spanArguments(arg: ArgBuilder<Types>) {
  return {
    from: arg({ type: 'DateTime', required: false, description: 'Only those that were open after this instant.' }),
    to: arg({ type: 'DateTime', required: false, description: 'Only those that started before this instant.' }),
  }
}

function readSpan(span: { from?: string | null | undefined; to?: string | null | undefined }) {
  const from = readInstant('from', span.from)
  const to = readInstant('to', span.to)
  if (from !== null && to !== null && from >= to) {
    throw fault('BAD_USER_INPUT', '`from` must lie before `to`.', { argument: 'from' })
  }
  return { from, to }
}
