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

interface AskedUptime {
  websiteNo: number
  period: Period
  latencies: 'withLatencies' | 'withoutLatencies'
}

interface WindowSum {
  window: Window
  sum: Sum
}

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
        'Uptime over a period. Where single verdicts are no longer kept, a span must begin and end at :00, :15, :30 or :45.',
      args: {
        over: t.arg({ type: period, description: 'The period.' }),
        method: t.arg({
          type: method,
          required: false,
          defaultValue: 'OBSERVED',
          description: 'The accounting method: what counts as up and down.',
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
      OBSERVED: { description: 'Only Good and Bad time outside maintenance counts.' },
      WITH_MAINTENANCE: { description: 'Like OBSERVED, but maintenance counts like other time.' },
      STRICT: {
        description:
          'All enabled time outside maintenance counts, and only Good is up: Inconclusive and missing time is down.',
      },
    } satisfies Record<AccountingMethodName, object>,
  })
}

function addUptimeType(builder: Builder) {
  const basis = builder.enumType('UptimeBasis', {
    description: 'What a figure can be recomputed from.',
    values: {
      VERDICTS: { description: 'All verdicts are still kept.' },
      ROLLUPS: { description: 'Some verdicts may be gone; their rollups are kept.' },
    } satisfies Record<Basis, object>,
  })
  const latency = addLatencyType(builder)
  return builder.objectRef<Uptime>('Uptime').implement({
    description:
      'Figures for `from` ≤ t < `to`. Good, Bad, Inconclusive, maintenance, missing and disabled time add up to its length.',
    fields: (t) => {
      const ms = (description: string, read: (uptime: Uptime) => number) =>
        t.float({ description: `${description} In milliseconds.`, resolve: read })
      const rounds = (description: string, read: (tally: Tally) => number) =>
        t.int({ description, resolve: ({ tally }) => read(tally) })
      return {
        method: t.exposeString('method', { description: 'Name and version of the accounting method.' }),
        basis: t.expose('basis', { type: basis, description: 'What this can be recomputed from.' }),
        from: t.expose('from', { type: 'DateTime', description: 'The first instant that counts.' }),
        to: t.expose('to', {
          type: 'DateTime',
          description: 'The end, not included; never later than the end of the last closed round.',
        }),
        ratio: t.exposeFloat('ratio', {
          nullable: true,
          description:
            'upMs ÷ (upMs + downMs), rounded down to six decimals, so that a single failure never shows as 1. Null if nothing counts.',
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
          'Time without a verdict while the website was disabled or not registered yet.',
          ({ times }) => times.disabledMs,
        ),
        goodCount: rounds('Rounds with the verdict Good, outside maintenance.', (tally) => tally.goodCount),
        badCount: rounds('Rounds with the verdict Bad, outside maintenance.', (tally) => tally.badCount),
        inconclusiveCount: rounds(
          'Rounds with the verdict Inconclusive, outside maintenance.',
          (tally) => tally.inconclusiveCount,
        ),
        maintenanceCount: rounds('Rounds in maintenance.', (tally) => tally.maintenanceCount),
        latency: t.field({
          type: latency,
          nullable: true,
          description: 'Latency of the Good answers. Null if there are none.',
          resolve: ({ latencies }) => (latencies.count === 0 ? null : latencies),
        }),
      }
    },
  })
}

function addLatencyType(builder: Builder) {
  return builder.objectRef<LatencySketch>('UptimeLatency').implement({
    description:
      'Latencies of whole checks in microseconds, within 1 %: of all Good answers outside maintenance, in the quarters of an hour (:00, :15, :30, :45) that the time touches.',
    fields: (t) => {
      const percentile = (percent: number) =>
        t.int({
          description: `The ${percent}th percentile, in microseconds: rank ⌊(count − 1) × ${percent} ÷ 100⌋ from 0.`,
          resolve: (latencies) => Math.round(latencies.percentile(percent) ?? 0),
        })
      return {
        count: t.float({ description: 'Number of answers.', resolve: ({ count }) => count }),
        p50Us: percentile(50),
        p95Us: percentile(95),
        p99Us: percentile(99),
      }
    },
  })
}
