import { startBlackbox } from '../agent/blackbox.js'
import type { CheckerAnswer, CheckerCommand } from '../agent/checker.js'
import type { Bench } from '../bench.js'
import { startWorker, type MeasuredProcess } from '../measured-process.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'

const CONCURRENCY = 50
const WARM_UP_SHARE = 0.3

/** Checks of a website on this machine: by the agent, and by blackbox_exporter where it is installed. */
export const agent: Scenario = { name: 'agent', needs: 'NOTHING', run }

async function run(bench: Bench): Promise<void> {
  const site = startWorker(new URL('../agent/site.ts', import.meta.url))
  const checker = startWorker(new URL('../agent/checker.ts', import.meta.url), { NODE_ENV: 'production' })
  const stops = [bench.closers.add(site.stop), bench.closers.add(checker.stop)]
  try {
    const url = `http://127.0.0.1:${await site.ask<number>({})}/`
    const own = await measureAgent(bench, checker, url)
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

async function check(bench: Bench, checker: MeasuredProcess, site: string, probe: string | null, share: number) {
  const forMs = bench.options.seconds * 1000 * share
  const answer = await checker.ask<CheckerAnswer>({
    site,
    probe,
    concurrency: CONCURRENCY,
    forMs,
  } satisfies CheckerCommand)
  if (answer.bad > 0)
    bench.report.faults.push(`agent: ${answer.bad} of ${answer.checks} checks of a good site were bad`)
  return answer
}

async function measureAgent(bench: Bench, checker: MeasuredProcess, site: string): Promise<CheckerFigures> {
  await check(bench, checker, site, null, WARM_UP_SHARE)
  await checker.reset()
  const { checks, elapsedMs } = await check(bench, checker, site, null, 1)
  const { cpuMs } = await checker.read()
  return report(bench, 'agent', { checksPerS: (checks / elapsedMs) * 1000, cpuMsPerCheck: cpuMs / checks })
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
    await check(bench, checker, site, probe, WARM_UP_SHARE)
    const before = blackbox.cpuMs()
    const { checks, elapsedMs } = await check(bench, checker, site, probe, 1)
    const cpuMsPerCheck = (blackbox.cpuMs() - before) / checks
    return report(bench, 'blackbox', { checksPerS: (checks / elapsedMs) * 1000, cpuMsPerCheck })
  } finally {
    await stop()
  }
}
