import type { Prisma, PrismaClient } from '../generated/prisma/client.js'
import type { Lock } from './locks.js'

/** KEPT prepares the statement on every connection, which saves parsing and planning: for a few very frequent texts. */
export type Plan = 'ONCE' | 'KEPT'

/** SQL on the database itself. `bigint` columns are text on one driver and numbers on the other: cast them. */
export interface Sql {
  query<Row>(text: string, parameters?: readonly unknown[], plan?: Plan): Promise<Row[]>
  /** Several statements, without parameters. */
  run(script: string): Promise<void>
}

export type StoreKind = 'pglite' | 'postgres'

/** Two faces of one transaction: each sees what the other has written. */
export interface Faces {
  sql: Sql
  prisma: Prisma.TransactionClient
}

/** The hub's database, embedded or by URL, with the same tables and the same SQL. */
export interface Store {
  kind: StoreKind
  prisma: PrismaClient
  sql: Sql
  /** Commits when `work` resolves. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  /** A transaction with Prisma beside SQL: for what people change one row at a time, not for the hot path. */
  change<Result>(work: (faces: Faces) => Promise<Result>): Promise<Result>
  /** Runs `work` on the database of one instant, without blocking others. Throws StartFault when there is no room. */
  snapshot<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  /** A lease across hubs to save work, not a guard: a hub that dies loses it, so `work` must be safe to run twice. */
  exclusively<Result>(lock: Lock, work: () => Promise<Result>): Promise<Result>
  rowsPerStatementMax: number
  /** How long answers are gathered for one commit: a statement of few rows costs nearly as much as one of many. */
  gatherMs: number
  close(): Promise<void>
}
