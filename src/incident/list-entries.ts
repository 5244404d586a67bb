import { type IncidentEnd, type IncidentEvent, Prisma } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import { readPages } from '../store/read-pages.js'
import type { Store } from '../store/store.js'

export interface TimelineEntry extends IncidentEvent {
  /** How its incident ended; null while it is open. */
  end: IncidentEnd | null
}

export interface TimelinePage extends PageSlice {
  incident: { id: string; end: IncidentEnd | null }
}

const EVENTS = { table: 'IncidentEvent', fields: Prisma.IncidentEventScalarFieldEnum, parent: 'incidentId' }

/** Pages of several timelines, answered in their order. */
export async function listEntries(
  { sql }: Pick<Store, 'sql'>,
  pages: readonly TimelinePage[],
): Promise<TimelineEntry[][]> {
  const asked = pages.map(({ incident, ...slice }) => ({ parentId: incident.id, ...slice }))
  const found = await readPages<IncidentEvent>(sql, EVENTS, asked)
  return pages.map(({ incident: { end } }, index) => (found[index] ?? []).map((entry) => ({ ...entry, end })))
}
