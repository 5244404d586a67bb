import { withStage, type Bench, type Stage } from '../bench.js'
import { dispatchRounds } from '../dispatch-rounds.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'

const NAME = 'dispatch'
const WARM_UP_SHARE = 0.1

/** Gives every validator every website once; then goes on with rounds that nobody answers. */
export const dispatch: Scenario = {
  name: NAME,
  needs: 'NOTHING',
  run: (bench) => withStage(bench, bench.cluster ? 'postgres' : 'pglite', (stage) => run(bench, stage)),
}

async function run(bench: Bench, stage: Stage): Promise<void> {
  const { hub, load } = stage
  const { validators, websites } = bench.options
  const few = Math.max(1, Math.round(websites * WARM_UP_SHARE))
  await hub.createWebsites(few)
  await load.connect('hub', hub.url, validators, 'COUNT')
  await dispatchRounds(stage, few, 1)
  await hub.createWebsites(websites - few)

  await load.hold('TALLY')
  await hub.reset()
  const startedAt = performance.now()
  const delivery = await dispatchRounds(stage, websites, 1)
  const elapsedMs = performance.now() - startedAt
  const usage = await hub.read()
  if (delivery.once !== validators * websites || delivery.repeated > 0) {
    bench.report.faults.push(
      `${NAME}: of ${validators * websites} tasks ${delivery.once} came once and ${delivery.repeated} several times`,
    )
  }
  addFigures(bench.report, NAME, {
    tasks: delivery.tasks,
    elapsedS: elapsedMs / 1000,
    cpuS: usage.cpuMs / 1000,
    cpuUsPerTask: (usage.cpuMs * 1000) / delivery.tasks,
    delayP99Ms: usage.delayP99Ms,
    delayMaxMs: usage.delayMaxMs,
    peakRssMb: usage.peakRssMb,
  })
  await silentRounds(bench, stage)
}

/** Takes the peaks of rounds: what an unswept heap holds between them says nothing. */
async function silentRounds(bench: Bench, stage: Stage): Promise<void> {
  const { silentRounds: count, websites } = bench.options
  await stage.load.hold('COUNT')
  const peaks: number[] = []
  for (let round = 1; round <= count; round++) {
    await stage.hub.reset()
    await dispatchRounds(stage, websites, 1)
    peaks.push((await stage.hub.read()).peakRssMb)
    bench.say(`  silent round ${round}: ${Math.round(peaks.at(-1) ?? 0)} MB`)
  }
  const middle = Math.floor(count / 2)
  const most = (from: number, to: number) => Math.max(...peaks.slice(from, to))
  addFigures(bench.report, NAME, {
    silentRounds: count,
    silentPeakRssMb: Math.max(...peaks),
    silentGrowthMb: count < 2 ? 0 : most(middle, count) - most(0, middle),
  })
}
