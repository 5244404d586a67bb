import { validate as isUuid } from 'uuid'
import type { Website, WebsiteStatus } from '../generated/prisma/client.js'
import { addConnection } from '../graph/add-connection.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import { type Cursor, resolvePage } from '../graph/resolve-page.js'
import type { WebsiteRef } from '../website/website-type.js'
import type { StoredTick } from './find-tick.js'
import { readInstant } from '../graph/instant-argument.js'
import { keptSince } from '../store/kept-since.js'
import { listTicks } from './list-ticks.js'
import type { TickEnums } from './tick-enums.js'
import type { TickRef } from './tick-type.js'
import { formatPosition, parsePosition, type TickPosition } from './tick-position.js'

interface Refs {
  website: WebsiteRef
  tick: TickRef
  websiteStatus: TickEnums['websiteStatus']
}

interface TicksArguments extends PothosSchemaTypes.DefaultConnectionArguments {
  from?: string | null | undefined
  to?: string | null | undefined
  validator?: string | null | undefined
  status?: WebsiteStatus | null | undefined
}

const TICK_CURSOR: Cursor<StoredTick, TickPosition> = {
  of: ({ roundAt, validatorNo }) => formatPosition({ roundAt: roundAt.getTime(), validatorNo }),
  parse: parsePosition,
}

export function addWebsiteTicks(builder: Builder, { website, tick, websiteStatus }: Refs): void {
  const tickConnection = addConnection(builder, tick, {
    page: 'A page of ticks.',
    edge: 'A tick on its page.',
  })
  builder.prismaObjectField(website, 'ticks', (t) =>
    t.connection(
      {
        type: tick,
        description: 'Its ticks as far as they are kept, newest round first. A tick is shown once its round is closed.',
        args: {
          from: t.arg({ type: 'DateTime', required: false, description: 'Only of rounds at this instant or later.' }),
          to: t.arg({ type: 'DateTime', required: false, description: 'Only of rounds before this instant.' }),
          validator: t.arg.id({ required: false, description: 'Only of this validator.' }),
          status: t.arg({ type: websiteStatus, required: false, description: 'Only those with this status.' }),
        },
        resolve: (parent, page, context) => resolveTicks(parent, page, context),
      },
      tickConnection,
    ),
  )
}

async function resolveTicks(website: Website, page: TicksArguments, context: GraphContext) {
  const from = readInstant('from', page.from) ?? -Infinity
  const to = readInstant('to', page.to) ?? Infinity
  if (from >= to) throw fault('BAD_USER_INPUT', '`from` must lie before `to`.', { argument: 'from' })
  const [lastClosed, validatorNo] = await Promise.all([
    context.lastClosedRound(),
    findValidatorNo(context, page.validator),
  ])
  return resolvePage(page, {
    cursor: TICK_CURSOR,
    read: async (slice) => {
      if (lastClosed === null || validatorNo === null) return []
      return listTicks(context.store, {
        website,
        from: Math.max(from, keptSince(context.clock.now(), context.settings.tickRetentionDays)),
        until: Math.min(to, lastClosed.roundAt.getTime() + 1),
        validatorNo,
        status: page.status ?? undefined,
        ...slice,
      })
    },
  })
}

/** Undefined when none is asked for, null when there is none such. */
async function findValidatorNo(
  { store }: GraphContext,
  id: string | null | undefined,
): Promise<number | null | undefined> {
  if (id == null) return undefined
  if (!isUuid(id)) return null
  const validator = await store.prisma.validator.findUnique({ where: { id }, select: { no: true } })
  return validator?.no ?? null
}
