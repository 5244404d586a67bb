import type { Builder } from '../graph/builder.js'
import type { WebsiteRef } from '../website/graph.js'
import { addWebsiteHistory, type VerdictStatusRef } from './points-graph.js'
import { addWebsiteUptime } from './uptime-graph.js'

/** What owners see of the past of their websites: `Website.uptime` and `Website.history`. */
export function addHistoryGraph(
  builder: Builder,
  { website, verdictStatus }: { website: WebsiteRef; verdictStatus: VerdictStatusRef },
): void {
  addWebsiteUptime(builder, website)
  addWebsiteHistory(builder, { website, verdictStatus })
}
