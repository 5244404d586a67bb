import type { GraphQLError } from 'graphql'
import type { VerdictStatus } from '../generated/prisma/client.js'
import { parseInstant } from '../protocol/text-forms.js'
import { perOperation } from '../graph/batch.js'
import type { Builder, EnumRef } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { atMost } from '../graph/items-max.js'
import type { WebsiteRef } from '../website/website-type.js'
import { uptimeRatio } from './accounting.js'
import { endOfClosed, type KnownTime, namedWindow } from './choose-window.js'
import { listMinutes } from './list-minutes.js'
import { listPoints, type PointData } from './list-points.js'
import { type Period, WINDOWS_MS } from './period.js'
import { type PeriodArgument, periodFault, type PeriodRef, readPeriod } from './period-input.js'
import {
  type AskedPoints,
  mostPoints,
  planPoints,
  type PlannedPoints,
  POINTS_MAX,
  type PointsFault,
  type Resolution,
} from './plan-points.js'
import { readKnownTime } from './known-time.js'
import { QUARTER_MS } from './spans.js'
import { selectsField } from './selects-field.js'
import { maintenanceMsOf, type Tally } from './tally.js'

interface AskedHistory extends Pick<AskedPoints, 'resolution' | 'timeZone'> {
  websiteNo: number
  period: Period
  latencies: 'withLatencies' | 'withoutLatencies'
}

interface Point {
  from: Date
  to: Date
  data: PointData | null
  status: VerdictStatus | null
}

export function addWebsiteHistory(
  builder: Builder,
  { website, verdictStatus, period }: { website: WebsiteRef; verdictStatus: EnumRef<VerdictStatus>; period: PeriodRef },
): void {
  const point = addPointType(builder, verdictStatus)
  const resolution = builder.enumType('HistoryResolution', {
    description: 'Length of the points of a history.',
    values: {
      MINUTE: { description: 'Minutes, while single verdicts are kept.' },
      HOUR: { description: 'Hours of UTC.' },
      DAY: { description: 'Days of a time zone, with 23 or 25 hours when its clocks change.' },
    } satisfies Record<Resolution, object>,
  })
  const listsOf = perOperation((context, asked: readonly AskedHistory[]) => readHistories(context, asked))
  builder.prismaObjectField(website, 'history', (t) =>
    t.field({
      type: [point],
      description: `Uptime over time, in whole points without gaps. The first point contains the start of the period, the last one its end. At most ${POINTS_MAX} points.`,
      args: {
        over: t.arg({ type: period, description: 'The period that the points cover.' }),
        resolution: t.arg({ type: resolution, description: 'Length of each point.' }),
        timeZone: t.arg.string({
          required: false,
          defaultValue: 'UTC',
          description:
            'Time zone of days, by its IANA name, such as Europe/Berlin. Minutes and hours are always in UTC.',
        }),
      },
      extensions: atMost((args) => pointsAtMost(args as { over?: PeriodArgument; resolution?: Resolution })),
      resolve: (parent, { over, resolution: asked, timeZone }, context, info) =>
        listsOf(context, {
          websiteNo: parent.no,
          period: readPeriod(over),
          resolution: asked,
          timeZone: timeZone ?? 'UTC',
          latencies: selectsField(info, ['medianLatencyUs', 'p95LatencyUs']) ? 'withLatencies' : 'withoutLatencies',
        }),
    }),
  )
}

/** One statement for all that differ in nothing but the website. */
async function readHistories(
  context: GraphContext,
  asked: readonly AskedHistory[],
): Promise<(Point[] | GraphQLError)[]> {
  const known = await readKnownTime(context)
  const groups = new Map<string, number[]>()
  for (const [index, { websiteNo: _websiteNo, ...rest }] of asked.entries()) {
    const key = JSON.stringify(rest)
    groups.set(key, [...(groups.get(key) ?? []), index])
  }
  const answers: (Point[] | GraphQLError)[] = []
  for (const indexes of groups.values()) {
    const group = indexes.flatMap((index) => asked[index] ?? [])
    const lists = await readGroup(context, known, group)
    for (const [place, index] of indexes.entries()) answers[index] = Array.isArray(lists) ? (lists[place] ?? []) : lists
  }
  return answers
}

async function readGroup(
  { store }: GraphContext,
  known: KnownTime,
  group: readonly AskedHistory[],
): Promise<Point[][] | GraphQLError> {
  const [first] = group
  if (!first) return []
  const points = planPeriod(first, known)
  if (points.kind === 'fault') {
    const { kind: _kind, ...wrong } = points
    return periodFault(wrong)
  }
  const list = { websiteNos: group.map(({ websiteNo }) => websiteNo), points, until: endOfClosed(known) }
  const isMinutes = points.source === 'verdicts'
  const lists = await (isMinutes
    ? listMinutes(store, list)
    : listPoints(store, { ...list, latencies: first.latencies }))
  const edges = points.edges.map((edge) => new Date(edge))
  return lists.map((data) => data.map((one, index) => toPoint(edges, index, one, points.source)))
}

/** How many points there can be. What is refused without being read weighs as one; so do arguments that do not fit. */
function pointsAtMost({ over, resolution }: { over?: PeriodArgument; resolution?: Resolution }): number {
  if (!over || !resolution) return 1
  const { window, span } = over
  if (window) return mostPoints(WINDOWS_MS[window] + QUARTER_MS, resolution)
  const [from, to] = [parseInstant(span?.from ?? ''), parseInstant(span?.to ?? '')]
  return from === null || to === null ? 1 : mostPoints(to - from, resolution)
}

function planPeriod({ period, ...rest }: AskedHistory, known: KnownTime): PlannedPoints | PointsFault {
  if (!('window' in period)) return planPoints({ ...rest, ...period }, known)
  const window = namedWindow(period.window, known)
  if (window.kind === 'fault') return window
  const points = planPoints({ ...rest, from: window.from, to: window.to }, known)
  return points.kind === 'fault' && points.argument === 'from' ? { ...points, argument: 'window' } : points
}

function toPoint(
  edges: readonly Date[],
  index: number,
  data: PointData | null,
  source: PlannedPoints['source'],
): Point {
  const [from, to] = [edges[index], edges[index + 1]]
  if (!from || !to) throw new Error('a point has two edges')
  return { from, to, data, status: data && source === 'verdicts' ? worstOf(data.tally) : null }
}

/** Rounds may be shorter than a minute; what was bad in between is not hidden. */
function worstOf(tally: Tally): VerdictStatus | null {
  if (tally.badMs + tally.maintenanceBadMs > 0) return 'Bad'
  if (tally.goodMs + tally.maintenanceGoodMs > 0) return 'Good'
  return tally.inconclusiveMs + tally.maintenanceInconclusiveMs > 0 ? 'Inconclusive' : null
}

function addPointType(builder: Builder, verdictStatus: EnumRef<VerdictStatus>) {
  return builder.objectRef<Point>('HistoryPoint').implement({
    description:
      'Uptime over one minute, hour or day, by the method OBSERVED. Figures are null if there is no verdict. The current point contains what is known so far.',
    fields: (t) => {
      const ms = (description: string, read: (tally: Tally) => number) =>
        t.float({
          nullable: true,
          description: `${description} In milliseconds.`,
          resolve: ({ data }) => data && read(data.tally),
        })
      return {
        from: t.expose('from', { type: 'DateTime', description: 'Start of the point.' }),
        to: t.expose('to', { type: 'DateTime', description: 'End of the point, where the next one starts.' }),
        ratio: t.float({
          nullable: true,
          description: 'goodMs ÷ (goodMs + badMs), rounded down to six decimals. Null if both are 0.',
          resolve: ({ data }) => data && uptimeRatio({ upMs: data.tally.goodMs, downMs: data.tally.badMs }),
        }),
        goodMs: ms('Time with the verdict Good, outside maintenance.', ({ goodMs }) => goodMs),
        badMs: ms('Time with the verdict Bad, outside maintenance.', ({ badMs }) => badMs),
        inconclusiveMs: ms(
          'Time with the verdict Inconclusive, outside maintenance.',
          ({ inconclusiveMs }) => inconclusiveMs,
        ),
        maintenanceMs: ms('Time with any verdict, in maintenance.', maintenanceMsOf),
        status: t.field({
          type: verdictStatus,
          nullable: true,
          description:
            'With MINUTE: the verdict, also in maintenance. Of several verdicts Bad comes before Good, and Good before Inconclusive. Null otherwise.',
          resolve: ({ status }) => status,
        }),
        medianLatencyUs: t.int({
          nullable: true,
          description:
            'Median latency of the Good answers outside maintenance, in microseconds. Within 1 % with HOUR and DAY; exact with MINUTE, for the latest round in it that has any.',
          resolve: ({ data }) => data?.medianLatencyUs,
        }),
        p95LatencyUs: t.int({
          nullable: true,
          description: '95th percentile of the same latencies. Null for minutes with verdicts older than this field.',
          resolve: ({ data }) => data?.p95LatencyUs,
        }),
      }
    },
  })
}
