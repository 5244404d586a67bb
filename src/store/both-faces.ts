import { AsyncLocalStorage } from 'node:async_hooks'
import type { PrismaClient } from '../generated/prisma/client.js'
import { DATABASE_ANSWER_MS, DATABASE_CONNECT_MS } from '../limits.js'
import type { Faces, Sql } from './store.js'

/**
 * Prisma opens its transactions on a connection that it does not show. Whoever hands it one notes the connection here, in
 * the asynchronous context of the transaction that is being opened, so that SQL can run on it as well.
 */
export class BothFaces {
  readonly #opening = new AsyncLocalStorage<{ sql: Sql | null }>()

  /** To be called with the connection that Prisma is about to use; without an open `change` it does nothing. */
  note(sql: Sql): void {
    const slot = this.#opening.getStore()
    if (slot) slot.sql ??= sql
  }

  async change<Result>(prisma: PrismaClient, work: (faces: Faces) => Promise<Result>): Promise<Result> {
    const slot: { sql: Sql | null } = { sql: null }
    const limits = { maxWait: DATABASE_CONNECT_MS, timeout: DATABASE_ANSWER_MS }
    return this.#opening.run(slot, () =>
      prisma.$transaction((transaction) => {
        if (slot.sql === null) throw new Error('Prisma opened a transaction on a connection that was not noted')
        return work({ sql: slot.sql, prisma: transaction })
      }, limits),
    )
  }
}
