import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import { fault } from '../graph/fault.js'
import { atMost } from '../graph/items-max.js'
import { PAGE_SIZE_MAX } from '../limits.js'
import { keptSince } from '../store/kept-since.js'
import type { WebsiteRef } from '../website/website-type.js'
import { type AskedRecent, listRecentVerdicts, type RecentVerdict } from './list-recent-verdicts.js'
import type { VerdictRefs } from './verdict-type.js'

export function addRecentVerdicts(
  builder: Builder,
  { website, verdictStatus }: Pick<VerdictRefs, 'verdictStatus'> & { website: WebsiteRef },
): void {
  const recent = builder.objectRef<RecentVerdict>('RecentVerdict').implement({
    description: 'A short form of a verdict, for the bars of a dashboard. `Website.verdicts` has the full one.',
    fields: (t) => ({
      roundAt: t.expose('roundAt', { type: 'DateTime', description: "The round's instant." }),
      status: t.expose('status', { type: verdictStatus, description: 'The verdict.' }),
      inMaintenance: t.exposeBoolean('inMaintenance', {
        description: 'Whether the website was in a maintenance window.',
      }),
      medianLatencyUs: t.exposeInt('medianLatencyUs', {
        nullable: true,
        description: 'Median latency of the Good answers in microseconds. Null if there are none.',
      }),
    }),
  })
  const listOf = perOperation(({ store, clock, settings }, asked: readonly AskedRecent[]) => {
    const now = clock.now()
    return listRecentVerdicts(store, asked, { from: keptSince(now, settings.verdictRetentionDays), to: now })
  })
  builder.prismaObjectField(website, 'recentVerdicts', (t) =>
    t.field({
      type: [recent],
      description: 'The latest verdicts, oldest first, for a row of bars.',
      args: { last: t.arg.int({ defaultValue: 45, description: `How many at most, 1 to ${PAGE_SIZE_MAX}.` }) },
      extensions: atMost(({ last }) => Math.min(Number(last), PAGE_SIZE_MAX)),
      resolve: ({ no }, { last }, context) => {
        if (last < 1 || last > PAGE_SIZE_MAX) {
          const message = `\`last\` must be from 1 to ${PAGE_SIZE_MAX}, and ${last} was asked for.`
          throw fault('BAD_USER_INPUT', message, { argument: 'last', limit: PAGE_SIZE_MAX })
        }
        return listOf(context, { websiteNo: no, last })
      },
    }),
  )
}
