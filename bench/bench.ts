import { createClosers, type Closers } from './closers.js'
import { startHubUnderTest, type HubUnderTest } from './hub-under-test.js'
import { startLoad, type Load } from './load-process.js'
import type { Options } from './options.js'
import type { Cluster } from './postgres.js'
import type { Report } from './report.js'

export interface Bench {
  options: Options
  report: Report
  /** Null when PostgreSQL is not installed. */
  cluster: Cluster | null
  closers: Closers
  say(text: string): void
}

export type DatabaseKind = 'postgres' | 'pglite'

/** A hub with its database and the load generator that plays its validators. */
export interface Stage {
  hub: HubUnderTest
  load: Load
  /** Null on PGlite. */
  databaseUrl: string | null
  databaseCpuMs(): number | null
  checkpoint(): Promise<void>
}

/** Runs `work` with a fresh hub and cleans up, even after a failure. */
export async function withStage<Result>(
  bench: Bench,
  kind: DatabaseKind,
  work: (stage: Stage) => Promise<Result>,
  environment: Record<string, string> = {},
): Promise<Result> {
  const { cluster, closers, options } = bench
  if (kind === 'postgres' && cluster === null) throw new Error('there is no PostgreSQL on this machine')
  const own = createClosers()
  const leave = closers.add(() => own.closeAll())
  try {
    const onCluster = kind === 'postgres' ? cluster : null
    const databaseUrl = (await onCluster?.createDatabase()) ?? null
    if (databaseUrl !== null) own.add(() => onCluster?.dropDatabase(databaseUrl))
    const hub = await startHubUnderTest(own, databaseUrl, options, { environment })
    const load = startLoad()
    own.add(load.stop)
    return await work({
      hub,
      load,
      databaseUrl,
      databaseCpuMs: () => onCluster?.cpuMs() ?? null,
      checkpoint: async () => onCluster?.checkpoint(),
    })
  } finally {
    await own.closeAll()
    await leave()
  }
}
