import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { DATABASE_RETRY_MS } from '../limits.js'
import { isDatabaseAway } from '../store/database-away.js'

interface Waiting {
  log: Logger
  /** How long to wait in all, from now on. */
  waitMs: number
  stopping: AbortSignal | undefined
}

/** Does work that needs the database, again and again while the database does not answer. */
export type WithDatabase = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Throws the work's fault once time is up or the database is not to blame, the signal's reason once it is aborted. */
export function createWithDatabase({ log, waitMs, stopping }: Waiting): WithDatabase {
  const until = performance.now() + waitMs
  let isTold = false
  return async (work) => {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!isDatabaseAway(error) || performance.now() + DATABASE_RETRY_MS > until) throw error
        if (!isTold) log.warn({ error }, `the database does not answer: the start waits for it, at most ${waitMs} ms`)
        isTold = true
      }
      await pause(stopping)
    }
  }
}

async function pause(stopping: AbortSignal | undefined): Promise<void> {
  await sleep(DATABASE_RETRY_MS, undefined, stopping && { signal: stopping }).catch(() => stopping?.throwIfAborted())
}
