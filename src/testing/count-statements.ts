import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { vi } from 'vitest'

/** A store asks every half a second whether its server is there, and prepares the connections that its pool opens. */
const OF_THE_STORE = /^\s*(SELECT 1$|SET statement_timeout|SELECT count\(pg_catalog\.set_config)/

/** Counts the statements that this process sends while `work` runs, Prisma's as it batches them among them. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const spies = [vi.spyOn(PGlite.prototype, 'query'), vi.spyOn(pg.Client.prototype, 'query')]
  try {
    await work()
    const texts = spies.flatMap(({ mock }) => mock.calls.map(([text]: readonly unknown[]) => text))
    return texts.filter((text) => typeof text !== 'string' || !OF_THE_STORE.test(text)).length
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
