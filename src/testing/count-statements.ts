import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { vi } from 'vitest'

/** Counts the statements that this process sends while `work` runs, Prisma's as it batches them among them. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const spies = [vi.spyOn(PGlite.prototype, 'query'), vi.spyOn(pg.Client.prototype, 'query')]
  try {
    await work()
    // A store asks its server every half a second whether it is there.
    const texts = spies.flatMap(({ mock }) => mock.calls.map(([text]: readonly unknown[]) => text))
    return texts.filter((text) => text !== 'SELECT 1').length
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
