import { withStage, type Bench, type Stage } from '../bench.js'
import type { Submitted } from '../load/load-answer.js'
import { addFigures } from '../report.js'
import type { Scenario } from './scenario.js'
import { closeBooks, measured, signRounds } from './submit.js'

const NAME = 'growth'
const TIMES = 10
/** The same at both sizes, since the size of the network is compared, not that of a batch. */
const BATCH = 100
const WEBSITES_PER_VALIDATOR = 10
const ROUNDS_SMALL = 20
const WARM_UP_ROUNDS = 10
const LONG_MS = 60_000

/** CPU of hub and database for one tick, from task to commit, with ten times the validators and websites. */
export const growth: Scenario = {
  name: NAME,
  needs: 'NOTHING',
  run: (bench) => withStage(bench, bench.cluster ? 'postgres' : 'pglite', (stage) => run(bench, stage)),
}

async function run(bench: Bench, stage: Stage): Promise<void> {
  const { hub, load } = stage
  const validators = bench.options.growthFrom
  const websites = validators * WEBSITES_PER_VALIDATOR
  const all: Submitted[] = []
  await hub.createWebsites(websites)
  await load.connect('hub', hub.url, validators, 'KEEP')
  await costOf(stage, websites, WARM_UP_ROUNDS, all)
  const small = await costOf(stage, websites, ROUNDS_SMALL, all)
  await hub.createWebsites(websites * (TIMES - 1))
  await load.connect('hub', hub.url, validators * (TIMES - 1), 'KEEP')
  const large = await costOf(stage, websites * TIMES, 1, all)
  addFigures(bench.report, NAME, { smallCpuUsPerTick: small, largeCpuUsPerTick: large, costRatio: large / small })
  await closeBooks(bench, stage, NAME, all)
}

/** CPU microseconds a tick. Signing in between costs the hub nothing. */
async function costOf(stage: Stage, websites: number, rounds: number, all: Submitted[]): Promise<number> {
  const spent = { cpuMs: 0, ticks: 0 }
  const one = async (): Promise<Submitted> => {
    await signRounds(stage, { websites, batch: BATCH }, 1)
    return stage.load.submit(1, LONG_MS)
  }
  const { usage, databaseCpuMs } = await measured(stage, async () => {
    for (let round = 0; round < rounds; round++) all.push(await one())
    const last = all.slice(-rounds)
    spent.ticks = last.reduce((sum, { accepted }) => sum + accepted, 0)
    return last[0] ?? { accepted: 0, refused: 0, retried: 0, elapsedMs: 0, p50Ms: 0, p99Ms: 0 }
  })
  spent.cpuMs = usage.cpuMs + (databaseCpuMs ?? 0)
  return (spent.cpuMs * 1000) / spent.ticks
}
