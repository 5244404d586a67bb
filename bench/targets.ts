import { ratioTo, type Report } from './report.js'

export interface Target {
  what: string
  /** A figure of the report, or `a / b` for a ratio of two rows' rates. */
  figure: string
  bound: { least: number } | { most: number }
  stretch?: number
}

/** For two cores that the hub shares with its database and the load generator. */
const TARGETS: readonly Target[] = [
  {
    what: 'submitTicks, PostgreSQL: stored ticks/s',
    figure: 'submitTicks-postgres.ticksPerS',
    bound: { least: 10_000 },
    stretch: 16_700,
  },
  {
    what: '  × the baseline with tweetnacl',
    figure: 'submitTicks-postgres / baseline-tweetnacl',
    bound: { least: 200 },
  },
  {
    what: '  × the baseline with node:crypto',
    figure: 'submitTicks-postgres / baseline-node-crypto',
    bound: { least: 12 },
  },
  { what: 'submitTicks, PGlite: stored ticks/s', figure: 'submitTicks-pglite.ticksPerS', bound: { least: 5_000 } },
  { what: 'submitTick, PostgreSQL: stored ticks/s', figure: 'submitTick-postgres.ticksPerS', bound: { least: 2_000 } },
  { what: '  × the baseline with tweetnacl', figure: 'submitTick-postgres / baseline-tweetnacl', bound: { least: 40 } },
  {
    what: '  × the baseline with node:crypto',
    figure: 'submitTick-postgres / baseline-node-crypto',
    bound: { least: 2.5 },
  },
  { what: '  hub CPU s per 1,000', figure: 'submitTick-postgres.cpuSPer1000', bound: { most: 0.4 } },
  { what: 'batched: hub CPU s per 1,000', figure: 'submitTicks-postgres.cpuSPer1000', bound: { most: 0.08 } },
  { what: 'dispatch: hub CPU s', figure: 'dispatch.cpuS', bound: { most: 25 }, stretch: 15 },
  { what: '  event-loop delay p99 ms', figure: 'dispatch.delayP99Ms', bound: { most: 100 } },
  { what: '  peak RSS MB', figure: 'dispatch.peakRssMb', bound: { most: 600 } },
  {
    what: '  RSS growth MB over the last half of the silent rounds',
    figure: 'dispatch.silentGrowthMb',
    bound: { most: 30 },
  },
  {
    what: 'submitTicks at half of the maximum: p99 ms',
    figure: 'submitTicks-postgres.halfRateP99Ms',
    bound: { most: 250 },
  },
  {
    what: 'submitTick at half of the maximum: p99 ms',
    figure: 'submitTick-postgres.halfRateP99Ms',
    bound: { most: 250 },
  },
  { what: 'burst, PostgreSQL: event-loop delay max ms', figure: 'burst-postgres.delayMaxMs', bound: { most: 100 } },
  { what: 'burst, PGlite: event-loop delay max ms', figure: 'burst-pglite.delayMaxMs', bound: { most: 150 } },
  { what: 'bytes a tick with its index', figure: 'submitTicks-postgres.bytesPerTick', bound: { most: 180 } },
  { what: 'cost per tick at 100 × the size, × of the small one', figure: 'growth.costRatio', bound: { most: 1.5 } },
  { what: 'agent: checks/s', figure: 'agent.checksPerS', bound: { least: 500 } },
  { what: '  CPU ms a check', figure: 'agent.cpuMsPerCheck', bound: { most: 2 } },
  { what: 'uptime of four windows, PostgreSQL: p99 ms', figure: 'history-postgres.uptimeP99Ms', bound: { most: 20 } },
  { what: 'dashboard, PostgreSQL: p99 ms', figure: 'history-postgres.dashboardP99Ms', bound: { most: 100 } },
  { what: 'dashboard, PGlite: p99 ms', figure: 'history-pglite.dashboardP99Ms', bound: { most: 100 } },
  { what: 'any document, PostgreSQL: p99 ms', figure: 'history-postgres.documentsP99Ms', bound: { most: 500 } },
  { what: 'any document, PGlite: p99 ms', figure: 'history-pglite.documentsP99Ms', bound: { most: 500 } },
  {
    what: 'others beside any document, PostgreSQL: loop p99 ms',
    figure: 'history-postgres.documentsLoopP99Ms',
    bound: { most: 200 },
  },
  {
    what: 'a query with 100 × the history, × of the small one',
    figure: 'history-postgres.growthRatio',
    bound: { most: 1.3 },
  },
  {
    what: 'a website for a year, default retention: MB',
    figure: 'history-postgres.websiteYearMb',
    bound: { most: 100 },
  },
  { what: 'closing a round, PostgreSQL: s', figure: 'close-postgres.elapsedS', bound: { most: 3 } },
  { what: '  answers meanwhile: p99 ms', figure: 'close-postgres.submitP99Ms', bound: { most: 250 } },
  { what: 'sustained: ticks/s over whole rounds', figure: 'sustained.ticksPerS', bound: { least: 16_700 } },
]

export interface Judged {
  target: Target
  value: number
  verdict: 'MET' | 'MISSED' | 'STRETCH'
}

/** The targets whose figures this run has. */
export function judgeTargets(report: Report): Judged[] {
  return TARGETS.flatMap((target) => {
    const value = readFigure(report, target.figure)
    return value === null ? [] : [{ target, value, verdict: judge(target, value) }]
  })
}

function readFigure(report: Report, figure: string): number | null {
  const [row, other] = figure.split(' / ')
  if (other === undefined) return report.figures.get(figure) ?? null
  const found = report.rows.find(({ name }) => name === row)
  return found ? ratioTo(report, found, other) : null
}

function judge({ bound, stretch }: Target, value: number): Judged['verdict'] {
  const meets = (limit: number) => ('least' in bound ? value >= limit : value <= limit)
  if (!meets('least' in bound ? bound.least : bound.most)) return 'MISSED'
  return stretch !== undefined && meets(stretch) ? 'STRETCH' : 'MET'
}
