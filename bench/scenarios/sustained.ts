import { withStage, type Bench, type Stage } from '../bench.js'
import { dispatchRounds } from '../dispatch-rounds.js'
import type { Submitted } from '../load/load-answer.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'
import { closeBooks, measured } from './submit.js'

const NAME = 'sustained'
const ROUND_MS = 60_000
/** A round that takes longer than its minute has failed, but runs to its end. */
const LONGEST_MS = 5 * ROUND_MS

/** Several whole rounds in a row, dispatched and answered in batches by everybody; signing is not counted. */
export const sustained: Scenario = {
  name: NAME,
  needs: 'POSTGRES',
  run: (bench) => withStage(bench, 'postgres', (stage) => run(bench, stage)),
}

async function run(bench: Bench, stage: Stage): Promise<void> {
  const { hub, load } = stage
  const { validators, websites, sustainedRounds, batch } = bench.options
  await hub.createWebsites(websites)
  await load.connect('hub', hub.url, validators, 'KEEP')
  const all: Submitted[] = []
  let longestMs = 0
  let spentMs = 0
  for (let round = 1; round <= sustainedRounds; round++) {
    const startedAt = performance.now()
    await dispatchRounds(stage, websites, 1)
    const dispatchMs = performance.now() - startedAt
    await load.sign(batch)
    const { submitted, usage } = await measured(stage, () => load.submit(1, LONGEST_MS))
    all.push(submitted)
    spentMs += dispatchMs + submitted.elapsedMs
    longestMs = Math.max(longestMs, dispatchMs + submitted.elapsedMs)
    bench.say(
      `  round ${round}: given out in ${(dispatchMs / 1000).toFixed(1)} s, answered in ${(submitted.elapsedMs / 1000).toFixed(1)} s, ` +
        `hub CPU ${(usage.cpuMs / 1000).toFixed(1)} s for the answers, peak RSS ${Math.round(usage.peakRssMb)} MB`,
    )
    addFigures(bench.report, NAME, {
      [`round${round}DispatchS`]: dispatchMs / 1000,
      [`round${round}AnswerS`]: submitted.elapsedMs / 1000,
      [`round${round}PeakRssMb`]: usage.peakRssMb,
    })
  }
  const stored = await closeBooks(bench, stage, NAME, all)
  addFigures(bench.report, NAME, {
    ticksPerS: (stored.ticks / spentMs) * 1000,
    longestRoundS: longestMs / 1000,
  })
}
