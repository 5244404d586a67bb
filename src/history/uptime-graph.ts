import type { GraphQLError, GraphQLResolveInfo } from 'graphql'
import type { Website } from '../generated/prisma/client.js'
import { perOperation } from '../graph/batch.js'
import type { Builder } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import type { WebsiteRef } from '../website/website-type.js'
import {
  ACCOUNTING_METHODS,
  type AccountingMethodName,
  type Counted,
  type Times,
  timesOf,
  uptimeRatio,
} from './accounting.js'
import { type Basis, chooseWindow, type Window } from './choose-window.js'
import type { LatencySketch } from './latency-sketch.js'
import { findSwitches, notEnabledMs } from './not-enabled.js'
import type { Period } from './period.js'
import { type PeriodArgument, periodFault, type PeriodRef, readPeriod } from './period-input.js'
import { selectsField } from './selects-field.js'
import { splitWindow } from './split-window.js'
import { type Sum, sumSegments } from './sum-segments.js'
import type { Tally } from './tally.js'
import { readKnownTime } from './known-time.js'

interface Uptime {
  from: Date
  to: Date
  basis: Basis
  method: string
  ratio: number | null
  times: Times
  counted: Counted
  tally: Tally
  latencies: LatencySketch
}

interface UptimeArguments {
  over: PeriodArgument
  method?: AccountingMethodName | null | undefined
}

/** One website's uptime as it was asked for. */
interface AskedUptime {
  websiteNo: number
  period: Period
  latencies: 'withLatencies' | 'withoutLatencies'
}

interface WindowSum {
  window: Window
  sum: Sum
}

/** Adds `Website.uptime`, for any number of websites and windows in one statement. */
export function addWebsiteUptime(
  builder: Builder,
  { website, period }: { website: WebsiteRef; period: PeriodRef },
): void {
  const uptime = addUptimeType(builder)
  const method = addMethodEnum(builder)
  const readers = createUptimeReaders()
  builder.prismaObjectField(website, 'uptime', (t) =>
    t.field({
      type: uptime,
      description:
        'Uptime over a stretch of time. Where single verdicts are no longer kept, a span must begin and end at :00, :15, :30 or :45.',
      args: {
        over: t.arg({ type: period, description: 'Which time counts.' }),
        method: t.arg({
          type: method,
          required: false,
          defaultValue: 'OBSERVED',
          description: 'What counts as up and as down.',
        }),
      },
      resolve: (parent, asked, context, info) => resolveUptime(readers, parent, asked, { context, info }),
    }),
  )
}

function createUptimeReaders() {
  return {
    sumOf: perOperation((context, asked: readonly AskedUptime[]) => readSums(context, asked)),
    switchesOf: perOperation(({ store }, ids: readonly string[]) => findSwitches(store, ids)),
  }
}

/** One look at the time for all of them, so that they end alike, and one statement. */
async function readSums(context: GraphContext, asked: readonly AskedUptime[]): Promise<(WindowSum | GraphQLError)[]> {
  const known = await readKnownTime(context)
  const windows = asked.map((one) => chooseWindow(one.period, known))
  const sums = await sumSegments(
    context.store,
    asked.map(({ websiteNo, latencies }, index) => {
      const window = windows[index]
      return { websiteNo, segments: window?.kind === 'window' ? splitWindow(window, latencies) : [] }
    }),
  )
  return sums.map((sum, index) => {
    const window = windows[index]
    if (window?.kind === 'window') return { window, sum }
    if (!window) throw new Error('a sum without its window')
    const { kind: _kind, ...wrong } = window
    return periodFault(wrong)
  })
}

async function resolveUptime(
  { sumOf, switchesOf }: ReturnType<typeof createUptimeReaders>,
  website: Website,
  asked: UptimeArguments,
  { context, info }: { context: GraphContext; info: GraphQLResolveInfo },
): Promise<Uptime> {
  const methodName = asked.method ?? 'OBSERVED'
  const needsSwitches = methodName === 'STRICT' || selectsField(info, ['missingMs', 'disabledMs'])
  const [{ window, sum }, turns] = await Promise.all([
    sumOf(context, {
      websiteNo: website.no,
      period: readPeriod(asked.over),
      latencies: selectsField(info, ['latency']) ? 'withLatencies' : 'withoutLatencies',
    }),
    needsSwitches ? switchesOf(context, website.id) : [],
  ])
  const { from, to, basis } = window
  const times = timesOf(sum.tally, { lengthMs: to - from, notEnabledMs: notEnabledMs(turns, window) })
  const method = ACCOUNTING_METHODS[methodName]
  const counted = method.count(times)
  const ratio = uptimeRatio(counted)
  return { from: new Date(from), to: new Date(to), basis, method: method.name, ratio, times, counted, ...sum }
}

function addMethodEnum(builder: Builder) {
  return builder.enumType('AccountingMethod', {
    description: 'A way to count uptime. docs/verdicts.md has the formulas and worked examples.',
    values: {
      OBSERVED: { description: 'Only time with a verdict Good or Bad outside maintenance counts.' },
      WITH_MAINTENANCE: { description: 'As OBSERVED, and time in maintenance counts like other time.' },
      STRICT: {
        description: 'Of all enabled time outside maintenance only Good is up: Inconclusive and missing time is down.',
      },
    } satisfies Record<AccountingMethodName, object>,
  })
}

function addUptimeType(builder: Builder) {
  const basis = builder.enumType('UptimeBasis', {
    description: 'What a figure can be counted again from.',
    values: {
      VERDICTS: { description: 'The verdict of every round is kept, and the rollups agree with them.' },
      ROLLUPS: { description: 'Some of the verdicts may be gone; the rollups of them are kept.' },
    } satisfies Record<Basis, object>,
  })
  const latency = addLatencyType(builder)
  return builder.objectRef<Uptime>('Uptime').implement({
    description:
      'Figures over from ≤ t < to. Good, Bad, Inconclusive, maintenance, missing and disabled time come to its length.',
    fields: (t) => {
      const ms = (description: string, read: (uptime: Uptime) => number) =>
        t.float({ description: `${description} In milliseconds.`, resolve: read })
      const rounds = (description: string, read: (tally: Tally) => number) =>
        t.int({ description, resolve: ({ tally }) => read(tally) })
      return {
        method: t.exposeString('method', { description: 'Names the way of counting, with its version.' }),
        basis: t.expose('basis', { type: basis, description: 'What it can be counted again from.' }),
        from: t.expose('from', { type: 'DateTime', description: 'The first instant that counts.' }),
        to: t.expose('to', {
          type: 'DateTime',
          description: 'The instant that ends it, at the latest the end of the last closed round; not included.',
        }),
        ratio: t.exposeFloat('ratio', {
          nullable: true,
          description:
            'upMs ÷ (upMs + downMs), floored to six decimals, so that one failure is never 1; null when nothing counts.',
        }),
        upMs: ms('Time that the method counts as up.', ({ counted }) => counted.upMs),
        downMs: ms('Time that the method counts as down.', ({ counted }) => counted.downMs),
        goodMs: ms('Time with the verdict Good, outside maintenance.', ({ times }) => times.goodMs),
        badMs: ms('Time with the verdict Bad, outside maintenance.', ({ times }) => times.badMs),
        inconclusiveMs: ms(
          'Time with the verdict Inconclusive, outside maintenance.',
          ({ times }) => times.inconclusiveMs,
        ),
        maintenanceMs: ms('Time with any verdict, in maintenance.', ({ times }) => times.maintenanceMs),
        missingMs: ms('Enabled time without a verdict.', ({ times }) => times.missingMs),
        disabledMs: ms(
          'Time without a verdict in which it was not enabled, or not registered yet.',
          ({ times }) => times.disabledMs,
        ),
        goodCount: rounds('Rounds that began in it and came to Good, outside maintenance.', (tally) => tally.goodCount),
        badCount: rounds('Rounds that began in it and came to Bad, outside maintenance.', (tally) => tally.badCount),
        inconclusiveCount: rounds(
          'Rounds that began in it and came to Inconclusive, outside maintenance.',
          (tally) => tally.inconclusiveCount,
        ),
        maintenanceCount: rounds('Rounds that began in it, in maintenance.', (tally) => tally.maintenanceCount),
        latency: t.field({
          type: latency,
          nullable: true,
          description: 'How fast the Good answers were; null when there are none.',
          resolve: ({ latencies }) => (latencies.count === 0 ? null : latencies),
        }),
      }
    },
  })
}

function addLatencyType(builder: Builder) {
  return builder.objectRef<LatencySketch>('UptimeLatency').implement({
    description:
      'Latencies of all Good answers outside maintenance, whole checks, in microseconds: of all rounds that began in the quarters of an hour (from :00, :15, :30, :45) that the stretch touches. Within 1 % of the latency of that rank.',
    fields: (t) => {
      const percentile = (percent: number) =>
        t.int({
          description: `The ${percent}th percentile, in microseconds: rank ⌊(count − 1) × ${percent} ÷ 100⌋ from 0.`,
          resolve: (latencies) => Math.round(latencies.percentile(percent) ?? 0),
        })
      return {
        count: t.float({ description: 'How many answers.', resolve: ({ count }) => count }),
        p50Us: percentile(50),
        p95Us: percentile(95),
        p99Us: percentile(99),
      }
    },
  })
}
