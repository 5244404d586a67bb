import type { IncidentEnd, IncidentEvent } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'

/** An entry of a timeline. */
export interface TimelineEntry extends IncidentEvent {
  /** How its incident ended last; null while it is open. */
  end: IncidentEnd | null
}

export interface TimelinePage {
  incident: { id: string; end: IncidentEnd | null }
  /** Ids that the page lies between, both left out. */
  after?: string | undefined
  before?: string | undefined
  limit: number
  order: 'oldestFirst' | 'newestFirst'
}

export async function listEntries({ prisma }: Pick<Store, 'prisma'>, page: TimelinePage): Promise<TimelineEntry[]> {
  const { incident, after, before, limit, order } = page
  const entries = await prisma.incidentEvent.findMany({
    where: { incidentId: incident.id, id: { ...(after && { gt: after }), ...(before && { lt: before }) } },
    orderBy: { id: order === 'oldestFirst' ? 'asc' : 'desc' },
    take: limit,
  })
  return entries.map((entry) => ({ ...entry, end: incident.end }))
}
