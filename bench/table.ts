import { ratioTo, type RateRow, type Report } from './report.js'
import { judgeTargets, type Target } from './targets.js'

/** The first column to the left, the others to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

const ABSENT = '-'

/** Three significant digits: a noisy machine cannot tell more. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return ABSENT
  if (value >= 1_000) return Math.round(Number(value.toPrecision(3))).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

const HEAD = [
  '',
  'ticks/s',
  'CPU s/1,000',
  'DB CPU s/1,000',
  'p50 ms',
  'p99 ms',
  'RSS MB',
  'loop p99 ms',
  'loop max ms',
]
const RATIO_HEAD = ['× tweetnacl', '× node:crypto', 'of its limit']

export function formatRates(report: Report): string {
  const rows = report.rows.map((row) => [row.name, ...figuresOf(row), ...ratiosOf(report, row)])
  return alignColumns([[...HEAD, ...RATIO_HEAD], ...rows])
}

function figuresOf(row: RateRow): string[] {
  const { ticksPerS, cpuSPer1000, databaseCpuSPer1000, p50Ms, p99Ms, peakRssMb, delayP99Ms, delayMaxMs } = row
  return [ticksPerS, cpuSPer1000, databaseCpuSPer1000, p50Ms, p99Ms, peakRssMb, delayP99Ms, delayMaxMs].map(
    formatNumber,
  )
}

function ratiosOf(report: Report, row: RateRow): string[] {
  const toLimit = ratioTo(report, row, row.limit)
  return [
    formatNumber(row.name.startsWith('limit') ? null : ratioTo(report, row, 'baseline-tweetnacl')),
    formatNumber(row.name.startsWith('limit') ? null : ratioTo(report, row, 'baseline-node-crypto')),
    toLimit === null ? ABSENT : `${Math.round(toLimit * 100)} %`,
  ]
}

export function formatTargets(report: Report): string {
  const rows = judgeTargets(report).map(({ target, value, verdict }) => [
    target.what,
    formatNumber(value),
    boundOf(target),
    verdict.toLowerCase(),
  ])
  return alignColumns([['', 'measured', 'target', ''], ...rows])
}

function boundOf({ bound, stretch }: Target): string {
  const [sign, value] = 'least' in bound ? ['≥', bound.least] : ['≤', bound.most]
  return `${sign} ${formatNumber(value)}${stretch === undefined ? '' : ` (${formatNumber(stretch)})`}`
}

/** What the table of rates does not show already. */
export function formatFigures(report: Report): string {
  const shown = new Set(report.rows.flatMap(({ name }) => [`${name}.ticksPerS`, `${name}.cpuSPer1000`]))
  const figures = [...report.figures].filter(([name]) => !shown.has(name))
  const rows = figures.map(([name, value]) => [name, formatNumber(value)])
  return alignColumns([['', 'figure'], ...rows])
}
