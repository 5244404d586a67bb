/** `npm run bench`: measures the hub, its former design, and its bare parts in one run. See docs/performance.md. */
import { cpus } from 'node:os'
import { readOptions, type Options } from './options.js'
import { runBench, type BenchRun } from './run-bench.js'
import { formatFigures, formatRates, formatTargets } from './table.js'
import { judgeTargets } from './targets.js'

/** A shell's exit code after Ctrl-C. */
const INTERRUPTED = 130

function show(run: BenchRun): string {
  const { report, postgresVersion } = run
  const machine = `Node.js ${process.versions.node}, ${cpus().length} cores, ${postgresVersion === null ? 'no PostgreSQL' : `PostgreSQL ${postgresVersion}`}`
  const parts = [
    machine,
    ...(report.rows.length > 0 ? [formatRates(report)] : []),
    formatFigures(report),
    formatTargets(report),
    ...report.notes.map((note) => `Note: ${note}.`),
    ...report.faults.map((fault) => `FAILED: ${fault}.`),
  ]
  return `\n${parts.join('\n\n')}\n`
}

function toJson(run: BenchRun, options: Options): string {
  const { rows, figures, faults, notes } = run.report
  const targets = judgeTargets(run.report).map(({ target, value, verdict }) => ({ ...target, value, verdict }))
  return JSON.stringify(
    {
      at: new Date().toISOString(),
      node: process.versions.node,
      cores: cpus().length,
      postgres: run.postgresVersion,
      options,
      rows,
      figures: Object.fromEntries(figures),
      targets,
      notes,
      faults,
    },
    null,
    2,
  )
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options === null) return 0
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  try {
    const run = await runBench(options, (text) => console.error(text), stopping.signal)
    console.log(options.json ? toJson(run, options) : show(run))
    return run.report.faults.length === 0 ? 0 : 1
  } catch (error) {
    if (stopping.signal.aborted) return INTERRUPTED
    console.error(error)
    return 1
  }
}

process.exit(await main())
