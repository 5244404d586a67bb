import type { Submitted } from './load/load-answer.js'
import type { Usage } from './measured-process.js'

/** A line of the table: something that takes or stores ticks at its full rate. */
export interface RateRow {
  name: string
  ticksPerS: number
  /** Of the measured process and of PostgreSQL; null where there is none. */
  cpuSPer1000: number
  databaseCpuSPer1000: number | null
  p50Ms: number | null
  p99Ms: number | null
  peakRssMb: number
  delayP99Ms: number
  delayMaxMs: number
  /** The row of the bare part that bounds it. */
  limit: string | null
}

export interface Report {
  rows: RateRow[]
  /** By `scenario.figure`; the unit comes last in the name. */
  figures: Map<string, number>
  /** What was lost, repeated or refused. A run with any of these has failed, however fast it was. */
  faults: string[]
  /** What was left out, and why. */
  notes: string[]
}

export function createReport(): Report {
  return { rows: [], figures: new Map(), faults: [], notes: [] }
}

export function addFigures(report: Report, scenario: string, figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) report.figures.set(`${scenario}.${name}`, value)
}

/** Adds a row, and its figures under its name. */
export function addRow(
  report: Report,
  name: string,
  measured: {
    ticks: number
    elapsedMs: number
    usage: Usage
    databaseCpuMs: number | null
    latency: Pick<Submitted, 'p50Ms' | 'p99Ms'> | null
    limit: string | null
  },
): RateRow {
  const { ticks, elapsedMs, usage, databaseCpuMs, latency, limit } = measured
  // CPU milliseconds a tick are CPU seconds for a thousand.
  const row: RateRow = {
    name,
    ticksPerS: (ticks / elapsedMs) * 1000,
    cpuSPer1000: usage.cpuMs / ticks,
    databaseCpuSPer1000: databaseCpuMs === null ? null : databaseCpuMs / ticks,
    p50Ms: latency?.p50Ms ?? null,
    p99Ms: latency?.p99Ms ?? null,
    peakRssMb: usage.peakRssMb,
    delayP99Ms: usage.delayP99Ms,
    delayMaxMs: usage.delayMaxMs,
    limit,
  }
  report.rows.push(row)
  addFigures(report, name, { ticksPerS: row.ticksPerS, cpuSPer1000: row.cpuSPer1000 })
  return row
}

/** Null when the other row was not measured. */
export function ratioTo(report: Report, row: RateRow, other: string | null): number | null {
  const found = report.rows.find(({ name }) => name === other)
  return found === undefined || found === row ? null : row.ticksPerS / found.ticksPerS
}
