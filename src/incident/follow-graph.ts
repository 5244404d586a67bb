import { ownerIn } from '../graph/actor.js'
import type { Builder } from '../graph/builder.js'
import { followIncidents, type IncidentNews } from './follow-incidents.js'
import type { IncidentRef } from './incident-type.js'

export function addIncidentSubscription(builder: Builder, incident: IncidentRef): void {
  const cause = builder.enumType('IncidentChangeCause', {
    description: 'Why an incident is reported.',
    values: {
      CURRENT: { description: 'It was open when the subscription began.' },
      CHANGED: { description: 'It was opened, reopened, closed or acknowledged, or got a note.' },
    } satisfies Record<IncidentNews['cause'], object>,
  })
  const change = builder.objectRef<IncidentNews>('IncidentChange').implement({
    description: 'An incident that is open or has changed.',
    fields: (t) => ({
      cause: t.expose('cause', { type: cause, description: 'Why it is reported.' }),
      sequence: t.int({
        description: "The incident's revision: ignore an event with a smaller one than you have seen.",
        resolve: (news) => news.incident.revision,
      }),
      incident: t.field({
        type: incident,
        description: 'The incident as it is now. Changes that the subscriber was too slow for arrive as one.',
        resolve: (news) => news.incident,
      }),
    }),
  })
  builder.subscriptionField('incidentChanged', (t) =>
    t.field({
      audience: 'OWNER',
      type: change,
      description:
        "The caller's open incidents, each with the cause CURRENT, then every change of any incident. A subscriber that reads too slowly gets UNAVAILABLE and should subscribe again.",
      subscribe: (_root, _arguments, context) => followIncidents(context, ownerIn(context).userId),
      resolve: (news) => news,
    }),
  )
}
