import type { IncidentEnd, IncidentEvent } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Store } from '../store/store.js'

export interface TimelineEntry extends IncidentEvent {
  /** How its incident ended; null while it is open. */
  end: IncidentEnd | null
}

export interface TimelinePage extends PageSlice {
  incident: { id: string; end: IncidentEnd | null }
}

export async function listEntries({ prisma }: Pick<Store, 'prisma'>, page: TimelinePage): Promise<TimelineEntry[]> {
  const { incident, olderThan, newerThan, limit, order } = page
  const entries = await prisma.incidentEvent.findMany({
    where: {
      incidentId: incident.id,
      id: { ...(olderThan && { lt: olderThan }), ...(newerThan && { gt: newerThan }) },
    },
    orderBy: { id: order === 'oldestFirst' ? 'asc' : 'desc' },
    take: limit,
  })
  return entries.map((entry) => ({ ...entry, end: incident.end }))
}
