import { resolveCursorConnection } from '@pothos/plugin-relay'
import type { Verdict, VerdictStatus, Website } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import { checkPageSize, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../graph/paging.js'
import { formatInstant, parseInstant } from '../protocol/text-forms.js'
import { readInstant } from '../graph/instant-argument.js'
import { keptSince } from '../store/kept-since.js'
import type { WebsiteRef } from '../website/graph.js'
import { listVerdicts } from './list-verdicts.js'
import type { addVerdictType } from './verdict-graph.js'

type Refs = ReturnType<typeof addVerdictType> & { website: WebsiteRef }

interface VerdictsArguments {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
  from?: string | null | undefined
  to?: string | null | undefined
  status?: VerdictStatus | null | undefined
  inMaintenance?: boolean | null | undefined
}

/** Adds `Website.verdicts`. */
export function addWebsiteVerdicts(builder: Builder, { website, verdict, verdictStatus }: Refs): void {
  builder.prismaObjectField(website, 'verdicts', (t) =>
    t.connection(
      {
        type: verdict,
        description: 'Its verdicts as far as they are kept, newest round first.',
        args: {
          from: t.arg({ type: 'DateTime', required: false, description: 'Only of rounds at this instant or later.' }),
          to: t.arg({ type: 'DateTime', required: false, description: 'Only of rounds before this instant.' }),
          status: t.arg({ type: verdictStatus, required: false, description: 'Only those that came to this.' }),
          inMaintenance: t.arg.boolean({
            required: false,
            description: 'Only those in maintenance windows, or only those outside of them.',
          }),
        },
        edgesNullable: { list: false, items: false },
        nodeNullable: false,
        resolve: (parent, page, context) => resolveVerdicts(parent, page, context),
      },
      { description: "A page of a website's verdicts." },
      { description: 'A verdict on its page.' },
    ),
  )
}

async function resolveVerdicts(website: Website, page: VerdictsArguments, { store, clock, settings }: GraphContext) {
  checkPageSize(page)
  const asked = {
    from: readInstant('from', page.from) ?? -Infinity,
    to: readInstant('to', page.to) ?? Infinity,
    after: readCursor('after', page.after) ?? Infinity,
    before: readCursor('before', page.before) ?? -Infinity,
  }
  if (asked.from >= asked.to) throw fault('BAD_USER_INPUT', '`from` must lie before `to`.', { argument: 'from' })
  const now = clock.now()
  return resolveCursorConnection<Promise<Verdict[]>>(
    {
      args: page,
      defaultSize: PAGE_SIZE_DEFAULT,
      maxSize: PAGE_SIZE_MAX,
      toCursor: ({ roundAt }) => formatInstant(roundAt.getTime()),
    },
    ({ limit, inverted }) =>
      listVerdicts(store, {
        websiteNo: website.no,
        from: Math.max(asked.from, asked.before + 1, keptSince(now, settings.verdictRetentionDays)),
        until: Math.min(asked.to, asked.after, now + 1),
        status: page.status ?? undefined,
        inMaintenance: page.inMaintenance ?? undefined,
        limit,
        order: inverted ? 'oldestFirst' : 'newestFirst',
      }),
  )
}

/** @throws BAD_USER_INPUT for a cursor that no page has given out; an empty one is that of an empty page. */
function readCursor(argument: 'after' | 'before', cursor: string | null | undefined): number | undefined {
  if (!cursor) return undefined
  const instant = parseInstant(cursor)
  if (instant !== null) return instant
  throw fault('BAD_USER_INPUT', `\`${argument}\` must be a cursor of an earlier page.`, { argument })
}
