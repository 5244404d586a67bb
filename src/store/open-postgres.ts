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

/** The longest that a timer can hold, 24 days: others may hold locks for long. */
const LOCK_MS = 2_147_483_647
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

/** Must fit into the 63 bytes of a PostgreSQL name. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Opens a PostgreSQL and checks it. Throws UnsuitablePostgres, or the driver's error when it doesn't answer. */
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
    // Firewalls drop idle connections.
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
  // A checked-out client emits `error` when its server goes away; without a listener that would end the process.
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

/** Prisma's view of the pool: it takes a connection of its own only for transactions. */
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
    // A connection whose rollback fails is not worth keeping.
    await client.query('ROLLBACK').then(
      () => client.release(),
      (rollbackError: Error) => client.release(rollbackError),
    )
    throw error
  }
}

/** Whoever makes or drops a partition would wait for this reader and block all others, so it holds the lock. */
async function snapshotOn<Result>(pool: pg.Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    // The reader of the rows sets the pace.
    await client.query('SET idle_in_transaction_session_timeout = 0')
    await waitForLock(client, 'SELECT pg_advisory_lock_shared($1)', LOCKS.PARTITIONS)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return await work(sqlOn(client))
  } finally {
    // Ending the connection releases the lock and the snapshot.
    client.release(true)
  }
}

/** A session's advisory lock: the server releases it when the connection goes. */
async function exclusivelyOn<Result>(pool: pg.Pool, lock: Lock, work: () => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    // The previous holder may take longer than a statement may.
    await client.query('SET statement_timeout = 0')
    await waitForLock(client, 'SELECT pg_advisory_lock($1)', lock)
    return await work()
  } finally {
    // Ending the connection releases the lock, whatever state the session is in.
    client.release(true)
  }
}

async function waitForLock(client: pg.PoolClient, text: string, lock: Lock): Promise<void> {
  const statement: pg.QueryConfig & { query_timeout: number } = { text, values: [lock], query_timeout: LOCK_MS }
  await client.query(statement)
}
