import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Bench } from '../bench.js'
import type { LimitAnswer, LimitCommand } from '../limits/main.js'
import { startLoad } from '../load-process.js'
import { startWorker, type MeasuredProcess } from '../measured-process.js'
import { addRow } from '../report.js'
import type { Scenario } from './scenario.js'

const INSERT_ROWS = [2_500, 5_000]
const PGLITE_ROWS = 1_000
const ECHO_IN_FLIGHT = 20
/** Shorter than the hub's own: they are steady from their second statement on. */
const SHARE_OF_SECONDS = 0.5

/** The bare parts: nothing built of them can be faster. */
export const limits: Scenario = { name: 'limits', needs: 'NOTHING', run }

async function run(bench: Bench): Promise<void> {
  const forMs = bench.options.seconds * 1000 * SHARE_OF_SECONDS
  await withWorker(bench, 'limits/main.ts', (worker) => verifyLimit(bench, worker, forMs))
  if (bench.cluster) {
    const database = await bench.cluster.createDatabase()
    await withWorker(bench, 'limits/main.ts', (worker) => insertLimits(bench, worker, database, INSERT_ROWS, forMs))
    await bench.cluster.dropDatabase(database)
  }
  await withWorker(bench, 'limits/main.ts', (worker) => insertLimits(bench, worker, null, [PGLITE_ROWS], forMs))
  await withWorker(bench, 'limits/echo-server.ts', (worker) => echoLimit(bench, worker, forMs))
}

async function withWorker(bench: Bench, file: string, work: (worker: MeasuredProcess) => Promise<void>): Promise<void> {
  const worker = startWorker(new URL(`../${file}`, import.meta.url))
  const stop = bench.closers.add(worker.stop)
  try {
    await work(worker)
  } finally {
    await stop()
  }
}

function tell(worker: MeasuredProcess, command: LimitCommand): Promise<LimitAnswer> {
  return worker.ask<LimitAnswer>(command)
}

async function insertLimits(
  bench: Bench,
  worker: MeasuredProcess,
  database: string | null,
  sizes: readonly number[],
  forMs: number,
): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'overlaps-bench-limit-'))
  const remove = bench.closers.add(() => rmSync(dataDir, { recursive: true, force: true }))
  await tell(worker, { do: 'open', database, dataDir })
  for (const rows of sizes) {
    await tell(worker, { do: 'insert', rows, forMs: forMs / 2 })
    if (database !== null) await bench.cluster?.checkpoint()
    await worker.reset()
    const before = bench.cluster?.cpuMs() ?? 0
    const { count, elapsedMs } = await tell(worker, { do: 'insert', rows, forMs })
    const databaseCpuMs = database === null ? null : (bench.cluster?.cpuMs() ?? 0) - before
    const name = `limit-insert-${database === null ? 'pglite' : 'postgres'}-${rows}`
    addRow(bench.report, name, {
      ticks: count,
      elapsedMs,
      usage: await worker.read(),
      databaseCpuMs,
      latency: null,
      limit: null,
    })
  }
  await tell(worker, { do: 'close' })
  await remove()
}

async function verifyLimit(bench: Bench, worker: MeasuredProcess, forMs: number): Promise<void> {
  await tell(worker, { do: 'verify', forMs: forMs / 2 })
  await worker.reset()
  const { count, elapsedMs } = await tell(worker, { do: 'verify', forMs })
  const usage = await worker.read()
  addRow(bench.report, 'limit-verify', {
    ticks: count,
    elapsedMs,
    usage,
    databaseCpuMs: null,
    latency: null,
    limit: null,
  })
}

async function echoLimit(bench: Bench, server: MeasuredProcess, forMs: number): Promise<void> {
  const url = `ws://127.0.0.1:${await server.ask<number>({})}`
  const load = startLoad()
  const stop = bench.closers.add(load.stop)
  await load.echo(url, bench.options.sockets, ECHO_IN_FLIGHT, forMs / 2)
  await server.reset()
  const { accepted, elapsedMs } = await load.echo(url, bench.options.sockets, ECHO_IN_FLIGHT, forMs)
  const usage = await server.read()
  addRow(bench.report, 'limit-echo', {
    ticks: accepted,
    elapsedMs,
    usage,
    databaseCpuMs: null,
    latency: null,
    limit: null,
  })
  await stop()
}
