import type { Incident } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

/** Those of the incidents that are of websites of the caller, deleted ones too. */
export async function findOwnIncidents(context: GraphContext, ids: readonly string[]): Promise<Incident[]> {
  const { userId } = ownerIn(context)
  return context.store.prisma.incident.findMany({ where: { id: { in: [...ids] }, website: { userId } } })
}
