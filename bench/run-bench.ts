import type { Bench } from './bench.js'
import { createClosers } from './closers.js'
import type { Options } from './options.js'
import { startPostgres } from './postgres.js'
import { createReport, type Report } from './report.js'
import { agent } from './scenarios/agent.js'
import { baselines } from './scenarios/baseline.js'
import { bursts } from './scenarios/burst.js'
import { closes } from './scenarios/close.js'
import { dispatch } from './scenarios/dispatch.js'
import { growth } from './scenarios/growth.js'
import { histories } from './scenarios/history.js'
import { limits } from './scenarios/limits.js'
import type { Scenario } from './scenarios/scenario.js'
import { submits } from './scenarios/submit.js'
import { sustained } from './scenarios/sustained.js'

const SCENARIOS: readonly Scenario[] = [
  limits,
  ...baselines,
  ...submits,
  ...bursts,
  growth,
  agent,
  dispatch,
  ...closes,
  ...histories,
  sustained,
]

export interface BenchRun {
  report: Report
  /** Null where there is none. */
  postgresVersion: string | null
}

/** Runs the chosen scenarios one after another, and leaves no process behind. */
export async function runBench(
  options: Options,
  say: (text: string) => void,
  stopping: AbortSignal,
): Promise<BenchRun> {
  const chosen = choose(options)
  const closers = createClosers()
  const stop = () => void closers.closeAll().catch(() => undefined)
  stopping.addEventListener('abort', stop)
  try {
    const cluster = chosen.some(wantsPostgres) ? await startPostgres() : null
    if (cluster) closers.add(cluster.stop)
    const bench: Bench = { options, report: createReport(), cluster, closers, say }
    if (cluster === null && chosen.some(wantsPostgres)) {
      bench.report.notes.push('PostgreSQL is not on this machine: the baseline and all rows on it are left out')
    }
    for (const scenario of chosen) {
      stopping.throwIfAborted()
      if (scenario.needs === 'POSTGRES' && cluster === null) continue
      const startedAt = performance.now()
      await scenario.run(bench)
      say(`${scenario.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
    }
    return { report: bench.report, postgresVersion: cluster?.version ?? null }
  } finally {
    stopping.removeEventListener('abort', stop)
    await closers.closeAll()
  }
}

/** Dispatch and growth fall back to PGlite, and the limits leave out PostgreSQL's. */
function wantsPostgres({ name, needs }: Scenario): boolean {
  return needs === 'POSTGRES' || name === limits.name || name === dispatch.name || name === growth.name
}

function choose({ only, sustained: withSustained }: Options): Scenario[] {
  const unknown = only.filter((name) => SCENARIOS.every((scenario) => scenario.name !== name))
  if (unknown.length > 0) {
    throw new Error(
      `--only: there is no ${unknown.join(', ')}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`,
    )
  }
  if (only.length > 0) return SCENARIOS.filter(({ name }) => only.includes(name))
  return SCENARIOS.filter((scenario) => scenario !== sustained || withSustained)
}
