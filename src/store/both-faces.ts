import { AsyncLocalStorage } from 'node:async_hooks'
import type { PrismaClient } from '../generated/prisma/client.js'
import { DATABASE_ANSWER_MS, DATABASE_CONNECT_MS } from '../limits.js'
import type { Faces, Sql } from './store.js'

interface Opening {
  faces: BothFaces
  sql: Sql | null
}

/** One for all stores: each that was ever used makes every promise of the process dearer. */
const opening = new AsyncLocalStorage<Opening>()

/** Prisma hides the connection of its transactions, so the pool notes it here, for SQL to run on it as well. */
export class BothFaces {
  /** Called with the connection that Prisma is about to use; does nothing outside of `change`. */
  note(sql: Sql): void {
    const slot = opening.getStore()
    if (slot?.faces === this) slot.sql ??= sql
  }

  async change<Result>(prisma: PrismaClient, work: (faces: Faces) => Promise<Result>): Promise<Result> {
    const slot: Opening = { faces: this, sql: null }
    const limits = { maxWait: DATABASE_CONNECT_MS, timeout: DATABASE_ANSWER_MS }
    return opening.run(slot, () =>
      prisma.$transaction((transaction) => {
        if (slot.sql === null) throw new Error('Prisma opened a transaction on a connection that was not noted')
        return work({ sql: slot.sql, prisma: transaction })
      }, limits),
    )
  }
}
