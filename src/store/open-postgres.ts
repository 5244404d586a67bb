import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.js'
import { DATABASE_ANSWER_MS, DATABASE_CONNECT_MS, DATABASE_CONNECTIONS, ROWS_PER_STATEMENT_MAX } from '../limits.js'
import { BothFaces } from './both-faces.js'
import { inspectPostgres, inspectUrl } from './inspect-postgres.js'
import { type Lock, LOCKS } from './locks.js'
import { prepareConnection } from './prepare-connection.js'
import type { Plan, Sql, Store } from './store.js'
import { PostgresWatch } from './watch-postgres.js'

/** Node's timers keep no more: 24 days, for locks that others may hold for long. */
const LOCK_MS = 2_147_483_647
/** How long a connection is quiet before the machines ask each other whether they are there. */
const KEEP_ALIVE_AFTER_MS = 10_000

function sqlOn(client: pg.Pool | pg.PoolClient): Sql {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = [], plan: Plan = 'ONCE') => {
      const values = [...parameters]
      const { rows } = await client.query(plan === 'KEPT' ? { name: nameOf(text), text, values } : { text, values })
      return rows as Row[]
    },
    run: async (script) => {
      await client.query(script)
    },
  }
}

/** Tells a kept statement from all others, within the 63 bytes that a name may have. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/**
 * Opens a PostgreSQL by its URL and proves that it answers.
 * @throws UnsuitablePostgres, and what the driver says when it doesn't answer.
 */
export async function openPostgres(
  url: string,
  onConnectionError: (error: Error) => void,
  connectionsMax: number = DATABASE_CONNECTIONS,
): Promise<Store> {
  inspectUrl(url)
  const watch = new PostgresWatch({ connectionString: url }, onConnectionError)
  const pool = new pg.Pool({
    connectionString: url,
    stream: () => watch.createSocket(),
    // A firewall forgets connections on which nothing goes.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    max: connectionsMax,
    connectionTimeoutMillis: DATABASE_CONNECT_MS,
    query_timeout: DATABASE_ANSWER_MS,
    application_name: 'overlaps',
    // By statements, for a pooler takes few settings with the connection.
    // eslint-disable-next-line typescript/no-misused-promises -- the pool waits for it, which its types do not say
    onConnect: prepareConnection,
  })
  pool.on('error', onConnectionError)
  // A checked-out client whose server goes away emits `error` too, and nobody listening would end the process.
  pool.on('connect', (client) => client.on('error', onConnectionError))
  try {
    await inspectPostgres(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  watch.begin()
  const faces = new BothFaces()
  const prisma = new PrismaClient({ adapter: new PrismaPg(notingPool(pool, faces)) })
  return {
    kind: 'postgres',
    prisma,
    sql: sqlOn(pool),
    rowsPerStatementMax: ROWS_PER_STATEMENT_MAX.postgres,
    gatherMs: 2,
    transaction: (work) => transactionOn(pool, work),
    change: (work) => faces.change(prisma, work),
    snapshot: (work) => snapshotOn(pool, work),
    exclusively: (lock, work) => exclusivelyOn(pool, lock, work),
    close: async () => {
      await prisma.$disconnect()
      if (!pool.ended) await pool.end()
      watch.close()
    },
  }
}

/** The pool, seen by Prisma, which takes a connection of its own for transactions alone. */
function notingPool(pool: pg.Pool, faces: BothFaces): pg.Pool {
  const connect = async () => {
    const client = await pool.connect()
    faces.note(sqlOn(client))
    return client
  }
  return new Proxy(pool, {
    get: (target, name) => {
      if (name === 'connect') return connect
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function transactionOn<Result>(pool: pg.Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(sqlOn(client))
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // A connection whose rollback fails is no longer worth keeping.
    await client.query('ROLLBACK').then(
      () => client.release(),
      (rollbackError: Error) => client.release(rollbackError),
    )
    throw error
  }
}

/**
 * The lock keeps partitions as they are, for whoever makes or drops one would wait for this reader and keep all others
 * waiting behind it.
 */
async function snapshotOn<Result>(pool: pg.Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    // How fast it is read is up to whoever takes the rows.
    await client.query('SET idle_in_transaction_session_timeout = 0')
    await waitForLock(client, 'SELECT pg_advisory_lock_shared($1)', LOCKS.PARTITIONS)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return await work(sqlOn(client))
  } finally {
    // Its end lets go of the lock and of the snapshot.
    client.release(true)
  }
}

/** An advisory lock of a session of its own: the server takes it back when the connection goes. */
async function exclusivelyOn<Result>(pool: pg.Pool, lock: Lock, work: () => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    // The one before may take longer than a statement may.
    await client.query('SET statement_timeout = 0')
    await waitForLock(client, 'SELECT pg_advisory_lock($1)', lock)
    return await work()
  } finally {
    // Its end lets go of the lock, whatever has become of the session.
    client.release(true)
  }
}

/** As long as the server lets it. */
async function waitForLock(client: pg.PoolClient, text: string, lock: Lock): Promise<void> {
  const statement: pg.QueryConfig & { query_timeout: number } = { text, values: [lock], query_timeout: LOCK_MS }
  await client.query(statement)
}
