import type { VerdictStatus } from '../generated/prisma/client.js'
import type { Builder, EnumRef } from '../graph/builder.js'
import type { WebsiteRef } from '../website/website-type.js'
import { addPeriodInput } from './period-input.js'
import { addWebsiteHistory } from './points-graph.js'
import { addWebsiteUptime } from './uptime-graph.js'

export function addHistoryGraph(
  builder: Builder,
  { website, verdictStatus }: { website: WebsiteRef; verdictStatus: EnumRef<VerdictStatus> },
): void {
  const period = addPeriodInput(builder)
  addWebsiteUptime(builder, { website, period })
  addWebsiteHistory(builder, { website, verdictStatus, period })
}
