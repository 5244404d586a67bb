import type { BaselineCommand, Verifier } from '../baseline/messages.js'
import type { Bench } from '../bench.js'
import { startLoad, type Load } from '../load-process.js'
import { startWorker, type MeasuredProcess } from '../measured-process.js'
import { addRow } from '../report.js'
import type { Scenario } from './scenario.js'

const WEBSITES = 100
const IN_FLIGHT = 2
const WARM_UP_SHARE = 0.3

/** The seed's design, once with its own verifier and once with Node's. */
export const baselines: readonly Scenario[] = [
  { name: 'baseline-tweetnacl', needs: 'POSTGRES', run: (bench) => run(bench, 'baseline-tweetnacl', 'TWEETNACL') },
  {
    name: 'baseline-node-crypto',
    needs: 'POSTGRES',
    run: (bench) => run(bench, 'baseline-node-crypto', 'NODE_CRYPTO'),
  },
]

async function run(bench: Bench, name: string, verifier: Verifier): Promise<void> {
  const { cluster, closers } = bench
  if (cluster === null) return
  const database = await cluster.createDatabase()
  const hub = startWorker(new URL('../baseline/main.ts', import.meta.url), { NODE_ENV: 'production' })
  const stopHub = closers.add(hub.stop)
  const load = startLoad()
  const stopLoad = closers.add(load.stop)
  try {
    const tell = <Answer>(command: BaselineCommand) => hub.ask<Answer>(command)
    const port = await tell<number>({ do: 'start', database, websites: WEBSITES, verifier })
    await load.connect('baseline', `ws://127.0.0.1:${port}`, bench.options.sockets, 'KEEP')
    const count = async () =>
      (await cluster.query<{ n: number }>(database, 'SELECT count(*)::int AS n FROM "WebsiteTick"'))[0]?.n ?? 0
    await measure({ bench, name, hub, load, count, startRound: () => tell({ do: 'round' }) })
  } finally {
    await stopLoad()
    await stopHub()
    await cluster.dropDatabase(database)
  }
}

interface Measurement {
  bench: Bench
  name: string
  hub: MeasuredProcess
  load: Load
  count(): Promise<number>
  startRound(): Promise<unknown>
}

async function measure({ bench, name, hub, load, count, startRound }: Measurement): Promise<void> {
  const forMs = bench.options.seconds * 1000
  const sign = async () => {
    await load.forget()
    await startRound()
    await load.awaitTasks(WEBSITES)
    await load.sign(null)
  }
  await sign()
  await load.submit(IN_FLIGHT, forMs * WARM_UP_SHARE)
  await sign()
  await bench.cluster?.checkpoint()
  const before = { stored: await count(), cpuMs: bench.cluster?.cpuMs() ?? 0 }
  await hub.reset()
  const submitted = await load.submit(IN_FLIGHT, forMs)
  const usage = await hub.read()
  const databaseCpuMs = (bench.cluster?.cpuMs() ?? 0) - before.cpuMs
  const ticks = (await count()) - before.stored
  if (ticks !== submitted.accepted)
    bench.report.faults.push(`${name}: ${submitted.accepted} told to be stored, ${ticks} are`)
  addRow(bench.report, name, {
    ticks,
    elapsedMs: submitted.elapsedMs,
    usage,
    databaseCpuMs,
    latency: submitted,
    limit: null,
  })
}
