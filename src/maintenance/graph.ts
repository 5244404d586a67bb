import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { WebsiteRef } from '../website/website-type.js'
import { findInMaintenance } from './find-in-maintenance.js'
import { addMaintenanceMutations } from './mutation-graph.js'
import { isOver, standingAt } from './standing-windows.js'
import { addWindowType, type WindowRef } from './window-type.js'
import { rememberClocks } from './zone-clock.js'
import { atMost } from '../graph/items-max.js'
import { WINDOWS_MAX } from './create-maintenance-window.js'

export function addMaintenanceGraph(
  builder: Builder,
  { website }: { website: WebsiteRef },
): { maintenanceWindow: WindowRef } {
  const maintenanceWindow = addWindowType(builder)
  addWebsiteFields(builder, website, maintenanceWindow)
  addMaintenanceMutations(builder, maintenanceWindow)
  return { maintenanceWindow }
}

function addWebsiteFields(builder: Builder, website: WebsiteRef, maintenanceWindow: WindowRef): void {
  const inMaintenanceOf = perOperation(async ({ store, clock }, ids: readonly string[]) => {
    const found = await findInMaintenance(store.sql, clock.now(), ids)
    return ids.map((id) => found.has(id))
  })
  builder.prismaObjectField(website, 'maintenanceWindows', (t) =>
    t.field({
      type: [maintenanceWindow],
      description: 'Current and upcoming maintenance windows, oldest first; at most 50.',
      extensions: atMost(WINDOWS_MAX),
      select: (_arguments, { clock }, nestedSelection) => ({
        maintenance: nestedSelection(standingAt(clock.now())),
      }),
      resolve: ({ maintenance }, _arguments, { clock }) => {
        const [now, clocks] = [clock.now(), rememberClocks()]
        return maintenance.filter((window) => !isOver(window, now, clocks))
      },
    }),
  )
  builder.prismaObjectField(website, 'inMaintenance', (t) =>
    t.boolean({
      description: 'Whether a round that began now would be in one of its maintenance windows.',
      resolve: ({ id }, _arguments, context) => inMaintenanceOf(context, id),
    }),
  )
}
