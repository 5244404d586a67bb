import { startBlackbox } from '../agent/blackbox.js'
import type { CheckerAnswer, CheckerCommand } from '../agent/checker.js'
import type { Bench } from '../bench.js'
import { startWorker, type MeasuredProcess } from '../measured-process.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'

const CONCURRENCY = 50
const WARM_UP_SHARE = 0.3
const PAIRS = 8
const BUILD = 'dist'

/** Checks of a website on this machine: by the agent, and by blackbox_exporter where it is installed. */
export const agent: Scenario = { name: 'agent', needs: 'NOTHING', run }

async function run(bench: Bench): Promise<void> {
  const site = startWorker(new URL('../agent/site.ts', import.meta.url))
  const checker = startWorker(new URL('../agent/checker.ts', import.meta.url), { NODE_ENV: 'production' })
  const stops = [bench.closers.add(site.stop), bench.closers.add(checker.stop)]
  try {
    const url = `http://127.0.0.1:${await site.ask<number>({})}/`
    const own = await measureAgent(bench, checker, url)
    if (bench.options.agentAgainst !== null) await measureAgainst(bench, url, bench.options.agentAgainst)
    const other = await measureBlackbox(bench, checker, url)
    if (other !== null) {
      addFigures(bench.report, 'agent', {
        checksTimesBlackbox: own.checksPerS / other.checksPerS,
        cpuTimesBlackbox: own.cpuMsPerCheck / other.cpuMsPerCheck,
      })
    }
  } finally {
    for (const stop of stops) await stop()
  }
}

interface CheckerFigures {
  checksPerS: number
  cpuMsPerCheck: number
}

function report(bench: Bench, name: string, { checksPerS, cpuMsPerCheck }: CheckerFigures): CheckerFigures {
  addFigures(bench.report, name, { checksPerS, cpuMsPerCheck })
  return { checksPerS, cpuMsPerCheck }
}

interface CheckedBy {
  site: string
  probe: string | null
  build: string | null
}

async function check(bench: Bench, checker: MeasuredProcess, by: CheckedBy, share: number) {
  const forMs = bench.options.seconds * 1000 * share
  const answer = await checker.ask<CheckerAnswer>({
    ...by,
    concurrency: CONCURRENCY,
    forMs,
  } satisfies CheckerCommand)
  if (answer.bad > 0)
    bench.report.faults.push(`agent: ${answer.bad} of ${answer.checks} checks of a good site were bad`)
  return answer
}

async function measureAgent(bench: Bench, checker: MeasuredProcess, site: string): Promise<CheckerFigures> {
  await check(bench, checker, { site, probe: null, build: null }, WARM_UP_SHARE)
  return report(bench, 'agent', await measureOnce(bench, checker, { site, probe: null, build: null }, 1))
}

async function measureOnce(
  bench: Bench,
  checker: MeasuredProcess,
  by: CheckedBy,
  share: number,
): Promise<CheckerFigures> {
  await checker.reset()
  const { checks, elapsedMs } = await check(bench, checker, by, share)
  const { cpuMs } = await checker.read()
  return { checksPerS: (checks / elapsedMs) * 1000, cpuMsPerCheck: cpuMs / checks }
}

/** This build and another in turn, each in a process of its own, so that a machine that slows down does so for both. */
async function measureAgainst(bench: Bench, site: string, against: string): Promise<void> {
  const checkers = [BUILD, against].map((build) => {
    const process = startWorker(new URL('../agent/checker.ts', import.meta.url), { NODE_ENV: 'production' })
    return { build, process, stop: bench.closers.add(process.stop) }
  })
  const [own, other] = checkers
  if (own === undefined || other === undefined) return
  const ratios: CheckerFigures[] = []
  try {
    for (const { build, process } of checkers) await check(bench, process, { site, probe: null, build }, WARM_UP_SHARE)
    for (let pair = 0; pair < PAIRS; pair++) {
      const measure = ({ build, process }: typeof own) =>
        measureOnce(bench, process, { site, probe: null, build }, 1 / PAIRS)
      const first = pair % 2 === 0
      const one = await measure(first ? own : other)
      const two = await measure(first ? other : own)
      const [mine, theirs] = first ? [one, two] : [two, one]
      ratios.push({
        checksPerS: mine.checksPerS / theirs.checksPerS,
        cpuMsPerCheck: mine.cpuMsPerCheck / theirs.cpuMsPerCheck,
      })
    }
  } finally {
    for (const { stop } of checkers) await stop()
  }
  addFigures(bench.report, 'agent', {
    checksTimesOther: medianOf(ratios.map(({ checksPerS }) => checksPerS)),
    cpuTimesOther: medianOf(ratios.map(({ cpuMsPerCheck }) => cpuMsPerCheck)),
  })
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** The same site and concurrency, for as long, and only its own CPU. Null where it is not installed. */
async function measureBlackbox(bench: Bench, checker: MeasuredProcess, site: string): Promise<CheckerFigures | null> {
  const blackbox = await startBlackbox()
  if (blackbox === null) {
    bench.report.notes.push('blackbox_exporter is not installed: the agent is measured alone')
    return null
  }
  const stop = bench.closers.add(blackbox.stop)
  try {
    const probe = blackbox.probeUrl(site)
    const by = { site, probe, build: null }
    await check(bench, checker, by, WARM_UP_SHARE)
    const before = blackbox.cpuMs()
    const { checks, elapsedMs } = await check(bench, checker, by, 1)
    const cpuMsPerCheck = (blackbox.cpuMs() - before) / checks
    return report(bench, 'blackbox', { checksPerS: (checks / elapsedMs) * 1000, cpuMsPerCheck })
  } finally {
    await stop()
  }
}
