import { withStage, type Bench, type DatabaseKind, type Stage } from '../bench.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'
import { closeBooks, measured, signRounds } from './submit.js'

const WARM_UP_MS = 60_000

/** Every validator answers a whole round at the same instant. */
export const bursts: readonly Scenario[] = (['postgres', 'pglite'] as const).map((kind) => ({
  name: `burst-${kind}`,
  needs: kind === 'postgres' ? 'POSTGRES' : 'NOTHING',
  run: (bench) => withStage(bench, kind, (stage) => run(bench, stage, kind)),
}))

async function run(bench: Bench, stage: Stage, kind: DatabaseKind): Promise<void> {
  const { hub, load } = stage
  const { burstValidators, burstWebsites: websites, batch } = bench.options
  const name = `burst-${kind}`
  await hub.createWebsites(websites)
  await load.connect('hub', hub.url, burstValidators, 'KEEP')
  await signRounds(stage, { websites, batch }, 1)
  const warmUp = await load.submit(1, WARM_UP_MS)
  await signRounds(stage, { websites, batch }, 1)
  const { submitted, usage } = await measured(stage, () => load.submit('ALL', WARM_UP_MS))
  addFigures(bench.report, name, {
    ticks: submitted.accepted,
    elapsedS: submitted.elapsedMs / 1000,
    cpuS: usage.cpuMs / 1000,
    delayP99Ms: usage.delayP99Ms,
    delayMaxMs: usage.delayMaxMs,
    peakRssMb: usage.peakRssMb,
    answeredP99Ms: submitted.p99Ms,
  })
  await closeBooks(bench, stage, name, [warmUp, submitted])
}
