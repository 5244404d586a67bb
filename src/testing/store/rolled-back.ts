import type { Sql, Store } from '../../store/store.js'

class RolledBack extends Error {}

/** Runs `work` in a transaction and takes everything back, so that an empty database serves many times. */
export async function rolledBack<Result>(
  store: Pick<Store, 'transaction'>,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const results: Result[] = []
  await store
    .transaction(async (sql) => {
      results.push(await work(sql))
      throw new RolledBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error
    })
  return results[0] as Result
}
