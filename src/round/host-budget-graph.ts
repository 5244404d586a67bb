import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { leaveOutUnproven } from '../ownership/leave-out-unproven.js'
import { hostNameOf } from '../protocol/host-name.js'
import type { WebsiteRef } from '../website/website-type.js'
import { listWebsitesOnHosts } from '../website/list-websites-on-hosts.js'
import { turnOf } from './assignment.js'
import { allowanceOf, hostLoads, type Restraint, restraintOf } from './plan-budget.js'
import { intervalOf, roundSchedule } from './round-times.js'

export function addHostBudget(builder: Builder, website: WebsiteRef): void {
  const hostBudget = builder.objectRef<Restraint>('HostBudget').implement({
    description: 'How the limit on checks per minute of its host reduces the checks of a website.',
    fields: (t) => ({
      validators: t.exposeInt('validators', {
        description:
          'The most validators that check it in a round, taking turns. `Verdict.asked` says how many were asked.',
      }),
      turns: t.exposeInt('turns', {
        description:
          "Checked once every `turns` turns, because other websites share its host's budget; 1 means every turn. Skipped turns count as missing time.",
      }),
    }),
  })
  const restraintsOf = perOperation((context, urls: readonly string[]) => findRestraints(context, urls))
  builder.prismaObjectField(website, 'hostBudget', (t) =>
    t.field({
      type: hostBudget,
      nullable: true,
      description:
        'How the budget of its host limits its checks; null if the operator has set no budget, and while it is disabled.',
      resolve: ({ url, enabled }, _args, context) => (enabled ? restraintsOf(context, url) : null),
    }),
  )
}

async function findRestraints(context: GraphContext, urls: readonly string[]): Promise<(Restraint | null)[]> {
  const { store, clock } = context
  const { hostBudget, roundCron } = context.settings
  if (hostBudget === null) return urls.map(() => null)
  const hosts = urls.map((url) => hostNameOf(new URL(url)))
  const loads = hostLoads(await leaveOutUnproven(context, await listWebsitesOnHosts(store.sql, hosts)))
  const loadOf = new Map(loads.map((load) => [load.host, load]))
  const now = clock.now()
  const intervalMs = intervalOf(roundSchedule(roundCron), now)
  const allowance = allowanceOf(hostBudget, intervalMs, turnOf(now, intervalMs))
  return hosts.map((host) => {
    const load = loadOf.get(host)
    // Disabled since it was read, or not proven.
    return load ? restraintOf(load, allowance) : null
  })
}
