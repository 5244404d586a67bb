import type { Verdict, VerdictStatus, Website } from '../generated/prisma/client.js'
import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import { type Cursor, resolvePage } from '../graph/resolve-page.js'
import { formatInstant, parseInstant } from '../protocol/text-forms.js'
import { readInstant } from '../graph/instant-argument.js'
import { keptSince } from '../store/kept-since.js'
import type { WebsiteRef } from '../website/website-type.js'
import { listVerdicts } from './list-verdicts.js'
import type { VerdictRefs } from './verdict-type.js'

type Refs = VerdictRefs & { website: WebsiteRef }

interface VerdictsArguments extends PothosSchemaTypes.DefaultConnectionArguments {
  from?: string | null | undefined
  to?: string | null | undefined
  status?: VerdictStatus | null | undefined
  inMaintenance?: boolean | null | undefined
}

/** A website has one verdict a round. */
const VERDICT_CURSOR: Cursor<Verdict, number> = {
  of: ({ roundAt }) => formatInstant(roundAt.getTime()),
  parse: parseInstant,
}

export function addWebsiteVerdicts(builder: Builder, { website, verdict, verdictStatus }: Refs): void {
  const verdictConnection = addConnection(builder, verdict, {
    page: 'A page of verdicts.',
    edge: 'A verdict on its page.',
  })
  builder.prismaObjectField(website, 'verdicts', (t) =>
    t.connection(
      {
        type: verdict,
        description: 'The verdicts that are kept, newest round first.',
        args: {
          from: t.arg({ type: 'DateTime', required: false, description: 'Only rounds at this instant or later.' }),
          to: t.arg({ type: 'DateTime', required: false, description: 'Only rounds before this instant.' }),
          status: t.arg({ type: verdictStatus, required: false, description: 'Only verdicts with this status.' }),
          inMaintenance: t.arg.boolean({
            required: false,
            description: 'Only verdicts in maintenance windows, or only those outside.',
          }),
        },
        resolve: (parent, page, context) => resolveVerdicts(parent, page, context),
      },
      verdictConnection,
    ),
  )
}

function resolveVerdicts(website: Website, page: VerdictsArguments, { store, clock, settings }: GraphContext) {
  const from = readInstant('from', page.from) ?? -Infinity
  const to = readInstant('to', page.to) ?? Infinity
  if (from >= to) throw fault('BAD_USER_INPUT', '`from` must lie before `to`.', { argument: 'from' })
  const now = clock.now()
  return resolvePage(page, {
    cursor: VERDICT_CURSOR,
    read: ({ olderThan, newerThan, limit, order }) =>
      listVerdicts(store, {
        websiteNo: website.no,
        from: Math.max(from, (newerThan ?? -Infinity) + 1, keptSince(now, settings.verdictRetentionDays)),
        until: Math.min(to, olderThan ?? Infinity, now + 1),
        status: page.status ?? undefined,
        inMaintenance: page.inMaintenance ?? undefined,
        limit,
        order,
      }),
  })
}
