import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { WebsiteRef } from '../website/website-type.js'
import { findInMaintenance } from './find-in-maintenance.js'
import { findWindows } from './find-windows.js'
import { addMaintenanceMutations } from './mutation-graph.js'
import { addWindowType, type WindowRefs } from './window-type.js'

/** When verdicts of a website are counted apart: what its owner sees of that and does about it. */
export function addMaintenanceGraph(builder: Builder, { website }: { website: WebsiteRef }) {
  const refs = addWindowType(builder)
  addWebsiteFields(builder, website, refs.maintenanceWindow)
  addMaintenanceMutations(builder, refs)
  return refs
}

function addWebsiteFields(
  builder: Builder,
  website: WebsiteRef,
  maintenanceWindow: WindowRefs['maintenanceWindow'],
): void {
  const windowsOf = perOperation(async ({ store, clock }, ids: readonly string[]) => {
    const windows = await findWindows(store.sql, ids, clock.now())
    return ids.map((id) => windows.get(id) ?? [])
  })
  const inMaintenanceOf = perOperation(async ({ store, clock }, ids: readonly string[]) => {
    const found = await findInMaintenance(store.sql, clock.now(), ids)
    return ids.map((id) => found.has(id))
  })
  builder.prismaObjectField(website, 'maintenanceWindows', (t) =>
    t.field({
      type: [maintenanceWindow],
      description: 'Its maintenance windows that are neither deleted nor over, those made first first; at most 50.',
      resolve: ({ id }, _arguments, context) => windowsOf(context, id),
    }),
  )
  builder.prismaObjectField(website, 'inMaintenance', (t) =>
    t.boolean({
      description: 'Whether a round that began now would lie in one of its maintenance windows.',
      resolve: ({ id }, _arguments, context) => inMaintenanceOf(context, id),
    }),
  )
}
