import type { HubYoga } from '../api/create-yoga.js'
import { documentRoute } from '../api/serve-documents.js'
import { createBackups } from '../export/serve-backup.js'
import { createExports } from '../export/serve-export.js'
import { graphiqlRoute } from '../graphiql/serve-graphiql.js'
import { redirectRoute } from '../http/redirect-route.js'
import type { Route } from '../http/route.js'
import { dashboardRoutes } from '../pages/dashboard-routes.js'
import type { HubParts } from './hub-parts.js'
import { createMetrics } from './metrics.js'
import { createReadinessProbe } from './readiness.js'
import { probeRoutes } from './serve-probes.js'
import type { StopOrder } from './stop-order.js'

/** All routes of a hub. What they hold open is closed when the hub stops. */
export function openRoutes(parts: HubParts, yoga: HubYoga, order: StopOrder): readonly Route[] {
  const exports = createExports(parts)
  order.add('BACKGROUND', exports.close)
  const backups = createBackups(parts)
  order.add('BACKGROUND', backups.close)
  const metrics = createMetrics(parts)
  order.add('BACKGROUND', metrics.close)
  const readiness = createReadinessProbe(parts)
  order.add('READINESS', readiness.retire)
  return [
    redirectRoute('/', '/graphql'),
    ...dashboardRoutes(),
    graphiqlRoute(),
    documentRoute(parts.settings, yoga),
    exports.route,
    backups.route,
    ...probeRoutes({ readiness, metrics, operatorToken: parts.operatorToken }),
  ]
}
