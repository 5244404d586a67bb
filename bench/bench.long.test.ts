import { describe, expect, it } from 'vitest'
import { readOptions, type Options } from './options.js'
import { addFigures, addRow, createReport } from './report.js'
import { runBench } from './run-bench.js'
import { alignColumns, formatNumber } from './table.js'
import { judgeTargets } from './targets.js'

/** A hub that makes a new database, twice a round and the books: seconds, but more than a unit test. */
const RUN_TIMEOUT_MS = 120_000

const NEVER = new AbortController().signal

function optionsOf(...args: string[]): Options {
  const options = readOptions(args)
  if (options === null) throw new Error('no options')
  return options
}

const USAGE = { cpuMs: 80, delayP99Ms: 1, delayMaxMs: 2, rssMb: 100, peakRssMb: 120 }
const MEASURED = { elapsedMs: 1000, usage: USAGE, databaseCpuMs: null, latency: null, limit: null }

describe('the bench', () => {
  it(
    'stores what was accepted and pays for it, in batches',
    async () => {
      const options = optionsOf('--quick', '--from-source', '--only', 'submitTicks-pglite')
      const { report } = await runBench(options, () => undefined, NEVER)
      expect(report.faults).toEqual([])
      const { sockets, batchWebsites, batchRounds } = options
      const stored = report.figures.get('submitTicks-pglite.storedTicks') ?? 0
      // Warm-up and full rate send all that is signed; at half rate the time may end before.
      expect(stored).toBeGreaterThan(sockets * batchWebsites * (1 + batchRounds))
      expect(report.rows.map(({ name }) => name)).toEqual(['submitTicks-pglite'])
    },
    RUN_TIMEOUT_MS,
  )

  it(
    'holds the agent against blackbox_exporter, or says that there is none',
    async () => {
      const { report } = await runBench(optionsOf('--quick', '--only', 'agent'), () => undefined, NEVER)
      expect(report.faults).toEqual([])
      expect(report.figures.get('agent.checksPerS')).toBeGreaterThan(0)
      const isAlone = report.notes.some((note) => note.startsWith('blackbox_exporter is not installed'))
      expect(report.figures.has('agent.cpuTimesBlackbox')).toBe(!isAlone)
      expect(report.figures.has('blackbox.checksPerS')).toBe(!isAlone)
    },
    RUN_TIMEOUT_MS,
  )

  it('refuses a scenario that there is not', async () => {
    const run = runBench(optionsOf('--only', 'limits,speed'), () => undefined, NEVER)
    await expect(run).rejects.toThrow('--only: there is no speed')
  })
})

describe('the flags', () => {
  it('take sizes', () => {
    expect(optionsOf('--validators', '20', '--quick')).toMatchObject({ validators: 20, websites: 40, only: [] })
  })

  it.each(['0', '1.5', 'many', '1e9'])('refuse %s as a size', (text) => {
    expect(() => optionsOf('--websites', text)).toThrow('--websites: expected a whole number')
  })
})

describe('the report', () => {
  const report = createReport()
  addRow(report, 'baseline-tweetnacl', { ...MEASURED, ticks: 100 })
  addRow(report, 'submitTicks-postgres', { ...MEASURED, ticks: 19_000 })
  addFigures(report, 'dispatch', { cpuS: 12 })

  it('holds rates against the baseline and bounds against figures', () => {
    expect(judgeTargets(report).map(({ value, verdict }) => [value, verdict])).toEqual([
      [19_000, 'STRETCH'],
      [190, 'MISSED'],
      [80 / 19_000, 'MET'],
      [12, 'STRETCH'],
    ])
  })

  it('prints three digits, in columns', () => {
    expect([1234.5, 98.76, 0.012345, null].map(formatNumber)).toEqual(['1,230', '98.8', '0.0123', '-'])
    expect(
      alignColumns([
        ['', 'n'],
        ['row', '10'],
      ]),
    ).toBe('      n\nrow  10')
  })
})
