import { ownerIn } from '../graph/actor.js'
import type { Builder } from '../graph/builder.js'
import { followIncidents, type IncidentNews } from './follow-incidents.js'
import type { IncidentRef } from './incident-type.js'

export function addIncidentSubscription(builder: Builder, incident: IncidentRef): void {
  const cause = builder.enumType('IncidentChangeCause', {
    description: 'Why an incident is told of.',
    values: {
      CURRENT: { description: 'It was open when the subscription began.' },
      CHANGED: { description: 'It was opened, reopened, closed, acknowledged or noted on.' },
    } satisfies Record<IncidentNews['cause'], object>,
  })
  const change = builder.objectRef<IncidentNews>('IncidentChange').implement({
    description: 'Something about an incident.',
    fields: (t) => ({
      cause: t.expose('cause', { type: cause, description: 'Why.' }),
      sequence: t.int({
        description: "The incident's revision: what comes with a smaller one than was seen before is old news.",
        resolve: (news) => news.incident.revision,
      }),
      incident: t.field({
        type: incident,
        description: 'The incident as it is by now. Changes that the subscriber was too slow for are told as one.',
        resolve: (news) => news.incident,
      }),
    }),
  })
  builder.subscriptionField('incidentChanged', (t) =>
    t.field({
      audience: 'OWNER',
      type: change,
      description:
        "The caller's open incidents, each with the cause CURRENT, then every change of any. Who reads too slowly gets UNAVAILABLE and subscribes again.",
      subscribe: (_root, _arguments, context) => followIncidents(context, ownerIn(context).userId),
      resolve: (news) => news,
    }),
  )
}
