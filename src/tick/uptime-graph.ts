import type { Website } from '../generated/prisma/client.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { fault } from '../graph/fault.js'
import type { WebsiteRef } from '../website/graph.js'
import { computeUptime, UPTIME_METHOD, type UptimeFigures, type UptimeLatency } from './compute-uptime.js'
import type { ClosedRound } from './find-last-closed-round.js'
import { readInstant } from './instant-argument.js'
import { chooseRange, type UptimeRange, type UptimeWindow } from './uptime-range.js'

interface Refs {
  website: WebsiteRef
  lastEndedOf: (context: GraphContext) => Promise<ClosedRound | null>
}

type Uptime = UptimeFigures & Pick<UptimeRange, 'from' | 'to'>

interface UptimeArguments {
  from?: string | null | undefined
  to?: string | null | undefined
  window?: UptimeWindow | null | undefined
}

/** Adds `Website.uptime`. */
export function addWebsiteUptime(builder: Builder, { website, lastEndedOf }: Refs): void {
  const uptime = addUptimeType(builder)
  const window = builder.enumType('UptimeWindow', {
    description: 'A stretch of time that ends with the last ended round.',
    values: {
      HOUR: { description: '60 minutes.' },
      DAY: { description: '24 hours.' },
      WEEK: { description: '7 days of 24 hours; where ticks are kept for less, it is refused.' },
    } satisfies Record<UptimeWindow, object>,
  })
  builder.prismaObjectField(website, 'uptime', (t) =>
    t.field({
      type: uptime,
      description:
        'What its ticks of a stretch of time come to. Name either a window or both ends, which may not lie before the oldest tick that is kept.',
      args: {
        from: t.arg({
          type: 'DateTime',
          required: false,
          description: 'The first instant whose round counts.',
        }),
        to: t.arg({
          type: 'DateTime',
          required: false,
          description: 'The instant that ends it; a round at it counts no more.',
        }),
        window: t.arg({ type: window, required: false, description: 'Instead of both ends.' }),
      },
      resolve: async (parent, asked, context) => resolveUptime(parent, asked, context, await lastEndedOf(context)),
    }),
  )
}

async function resolveUptime(
  website: Website,
  asked: UptimeArguments,
  { store, clock, settings }: GraphContext,
  lastEnded: ClosedRound | null,
): Promise<Uptime> {
  const range = chooseRange(
    { window: asked.window ?? null, from: readInstant('from', asked.from), to: readInstant('to', asked.to) },
    {
      now: clock.now(),
      lastEnded: lastEnded && { roundAt: lastEnded.roundAt.getTime(), deadlineAt: lastEnded.deadlineAt.getTime() },
      tickRetentionDays: settings.tickRetentionDays,
    },
  )
  if (range.kind === 'fault') {
    const { argument, limit, message } = range
    throw fault('BAD_USER_INPUT', message, { argument, ...(limit !== undefined && { limit }) })
  }
  const { from, to, until } = range
  return { from, to, ...(await computeUptime(store, { websiteNo: website.no, from, until })) }
}

function addUptimeType(builder: Builder) {
  const latency = builder.objectRef<UptimeLatency>('UptimeLatency').implement({
    description:
      'Latencies of the Good ticks, whole checks, in microseconds. Percentiles are by nearest rank: the smallest latency that at least that share of the ticks does not exceed.',
    fields: (t) => ({
      minUs: t.exposeInt('minUs', { description: 'The shortest, in microseconds.' }),
      medianUs: t.exposeInt('medianUs', { description: 'The 50th percentile, in microseconds.' }),
      p95Us: t.exposeInt('p95Us', { description: 'The 95th percentile, in microseconds.' }),
      maxUs: t.exposeInt('maxUs', { description: 'The longest, in microseconds.' }),
    }),
  })
  return builder.objectRef<Uptime>('Uptime').implement({
    description:
      'Figures over the ticks of the rounds with from ≤ roundAt < to. Every tick counts alike, whoever made it.',
    fields: (t) => ({
      method: t.string({
        description:
          'Names the way of counting. `ticks-v1`: ratio = goodCount ÷ tickCount, floored to six decimals; time without ticks counts as nothing.',
        resolve: () => UPTIME_METHOD,
      }),
      from: t.field({
        type: 'DateTime',
        description: 'The first instant whose round counts.',
        resolve: ({ from }) => new Date(from),
      }),
      to: t.field({
        type: 'DateTime',
        description: 'The instant that ends it, at the latest the deadline of the last ended round; not included.',
        resolve: ({ to }) => new Date(to),
      }),
      goodCount: t.exposeInt('goodCount', { description: 'Ticks that came to Good.' }),
      badCount: t.exposeInt('badCount', { description: 'Ticks that came to Bad.' }),
      tickCount: t.exposeInt('tickCount', { description: 'goodCount + badCount.' }),
      ratio: t.exposeFloat('ratio', {
        nullable: true,
        description: 'goodCount ÷ tickCount, floored to six decimals, so that one Bad is never 1; null without ticks.',
      }),
      latency: t.field({
        type: latency,
        nullable: true,
        description: 'How fast the Good ticks were; null when there are none.',
        resolve: (figures) => figures.latency,
      }),
    }),
  })
}
