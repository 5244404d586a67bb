import type { Prisma, PrismaClient } from '../generated/prisma/client.js'
import type { Lock } from './locks.js'

/**
 * How long a server keeps what it has made of a statement's text: KEPT on every connection for as long as that lasts, which
 * saves parsing and planning. For a few texts that are asked all the time.
 */
export type Plan = 'ONCE' | 'KEPT'

/** Runs SQL on the database itself. `bigint` columns come as text on one driver and number on another: cast them. */
export interface Sql {
  query<Row>(text: string, parameters?: readonly unknown[], plan?: Plan): Promise<Row[]>
  /** Several statements without parameters, in one go. */
  run(script: string): Promise<void>
}

export type StoreKind = 'pglite' | 'postgres'

/** The two faces of one transaction: statements of either see what the other has written. */
export interface Faces {
  sql: Sql
  prisma: Prisma.TransactionClient
}

/** The hub's database, embedded or by URL; the same tables and the same SQL on both. */
export interface Store {
  kind: StoreKind
  prisma: PrismaClient
  sql: Sql
  /** One transaction on one connection, committed when `work` resolves. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  /** As `transaction`, with Prisma beside SQL: for what people change one row at a time, not for the hot road. */
  change<Result>(work: (faces: Faces) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` on the database as it is at one instant, while all others go on reading and writing.
   * @throws StartFault when the machine has no room for that.
   */
  snapshot<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` while nobody else runs any under the same lock, on this hub or another one; who is next waits. A hub that
   * dies lets go of it. It is a lease to save work, not a guard: `work` still has to be safe to run twice.
   */
  exclusively<Result>(lock: Lock, work: () => Promise<Result>): Promise<Result>
  /** PGlite shares the event loop, so a statement there must stay short. */
  rowsPerStatementMax: number
  /** How long answers are gathered for one commit, in milliseconds: a statement of few rows costs nearly as much as one of many. */
  gatherMs: number
  close(): Promise<void>
}
