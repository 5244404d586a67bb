import { withStage, type Bench, type DatabaseKind, type Stage } from '../bench.js'
import { checkStored, countStored, type Stored } from '../count-stored.js'
import { measureDisk } from '../measure-disk.js'
import type { Submitted } from '../load/load-answer.js'
import type { Usage } from '../measured-process.js'
import { addFigures, addRow } from '../report.js'
import { dispatchRounds } from '../dispatch-rounds.js'
import type { Scenario } from './scenario.js'

type Mutation = 'submitTicks' | 'submitTick'

interface Shape {
  websites: number
  rounds: number
  /** Ticks a message; null sends `submitTick`. */
  batch: number | null
  /** Unanswered messages a socket. */
  inFlight: number
}

/** An agent does not wait for each single answer; batches it sends one at a time. */
const SINGLES_IN_FLIGHT = 8

export const submits: readonly Scenario[] = (['postgres', 'pglite'] as const).flatMap((kind) =>
  (['submitTicks', 'submitTick'] as const).map((mutation): Scenario => ({
    name: `${mutation}-${kind}`,
    needs: kind === 'postgres' ? 'POSTGRES' : 'NOTHING',
    run: (bench) => withStage(bench, kind, (stage) => run(bench, stage, mutation, kind)),
  })),
)

function shapeOf({ options }: Bench, mutation: Mutation): Shape {
  return mutation === 'submitTicks'
    ? { websites: options.batchWebsites, rounds: options.batchRounds, batch: options.batch, inFlight: 1 }
    : { websites: options.singleWebsites, rounds: 1, batch: null, inFlight: SINGLES_IN_FLIGHT }
}

/** Warm up, then at full speed, then at half of that. */
async function run(bench: Bench, stage: Stage, mutation: Mutation, kind: DatabaseKind): Promise<void> {
  const { hub, load } = stage
  const name = `${mutation}-${kind}`
  const shape = shapeOf(bench, mutation)
  const forMs = bench.options.seconds * 1000
  await hub.createWebsites(shape.websites)
  await load.connect('hub', hub.url, bench.options.sockets, 'KEEP')

  await signRounds(stage, shape, 1)
  const warmUp = await load.submit(shape.inFlight, forMs)
  await signRounds(stage, shape, shape.rounds)
  const full = await measured(stage, () => load.submit(shape.inFlight, forMs))
  // PGlite can be counted only at the end; then everything acknowledged is compared with everything stored.
  const storedThen =
    kind === 'postgres' ? (await countStored(bench, stage)).ticks : warmUp.accepted + full.submitted.accepted
  const row = addRow(bench.report, name, {
    ticks: storedThen - warmUp.accepted,
    elapsedMs: full.submitted.elapsedMs,
    usage: full.usage,
    databaseCpuMs: full.databaseCpuMs,
    latency: full.submitted,
    limit: limitOf(mutation, kind),
  })

  await signRounds(stage, shape, 1)
  await stage.checkpoint()
  const half = await load.submitPaced(row.ticksPerS / 2 / (shape.batch ?? 1), forMs)
  addFigures(bench.report, name, { halfRateP50Ms: half.p50Ms, halfRateP99Ms: half.p99Ms })
  if (kind === 'postgres') await measureDisk(bench, stage, name)
  await closeBooks(bench, stage, name, [warmUp, full.submitted, half])
}

function limitOf(mutation: Mutation, kind: DatabaseKind): string {
  if (mutation === 'submitTick') return 'limit-verify'
  return kind === 'postgres' ? 'limit-insert-postgres-2500' : 'limit-insert-pglite-1000'
}

/** Outside of the measurement. */
export async function signRounds(
  stage: Stage,
  shape: Pick<Shape, 'websites' | 'batch'>,
  rounds: number,
): Promise<void> {
  await dispatchRounds(stage, shape.websites, rounds)
  await stage.load.sign(shape.batch)
}

export interface MeasuredSubmit {
  submitted: Submitted
  usage: Usage
  databaseCpuMs: number | null
}

/** CPU and memory of the hub and its database while answers are sent. */
export async function measured(stage: Stage, send: () => Promise<Submitted>): Promise<MeasuredSubmit> {
  await stage.checkpoint()
  await stage.hub.reset()
  const before = stage.databaseCpuMs()
  const submitted = await send()
  const usage = await stage.hub.read()
  const after = stage.databaseCpuMs()
  return { submitted, usage, databaseCpuMs: before === null || after === null ? null : after - before }
}

/** Everything that was accepted is stored and paid, once. */
export async function closeBooks(bench: Bench, stage: Stage, name: string, all: readonly Submitted[]): Promise<Stored> {
  const sum = (of: (one: Submitted) => number) => all.reduce((total, one) => total + of(one), 0)
  const stored = await countStored(bench, stage)
  checkStored(bench, name, stored, { accepted: sum((one) => one.accepted), refused: sum((one) => one.refused) })
  addFigures(bench.report, name, { storedTicks: stored.ticks, retriedMessages: sum((one) => one.retried) })
  return stored
}
