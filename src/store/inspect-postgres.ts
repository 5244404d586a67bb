import type pg from 'pg'

/** Why a PostgreSQL is not one that a hub can work with, in words that follow its name and say what helps. */
export class UnsuitablePostgres extends Error {
  override readonly name = 'UnsuitablePostgres'
}

/** @throws UnsuitablePostgres when a URL asks for what is not there. */
export function inspectUrl(url: string): void {
  const schema = new URL(url).searchParams.get('schema')
  if (schema === null || schema === 'public') return
  throw new UnsuitablePostgres(
    `cannot be kept to the schema ${schema}, for Overlaps has its tables in public and parts: take ?schema= out of DATABASE_URL, and name a database of its own there`,
  )
}

interface Found {
  encoding: string
  isStandby: boolean
}

const FIND = `SELECT current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS "isStandby"`

/** @throws UnsuitablePostgres when the server or what is in front of it cannot do what a hub needs. */
export async function inspectPostgres(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Found>(FIND)
  const { encoding = 'UTF8', isStandby = false } = rows[0] ?? {}
  if (encoding !== 'UTF8') {
    throw new UnsuitablePostgres(
      `keeps texts as ${encoding}, which has not all letters: make another with CREATE DATABASE overlaps ENCODING 'UTF8' TEMPLATE template0, and name it in DATABASE_URL`,
    )
  }
  if (isStandby) {
    throw new UnsuitablePostgres('is a standby, which takes no changes: name its primary in DATABASE_URL')
  }
  if (await sharesConnections(pool)) {
    throw new UnsuitablePostgres(
      'is behind a pooler that gives every transaction another connection, and Overlaps holds locks and settings on its own: set pool_mode=session in pgbouncer, or name PostgreSQL itself in DATABASE_URL',
    )
  }
}

const TRANSACTIONS = 3

/** Whether two connections that are open at once are one to the server at times. */
async function sharesConnections(pool: pg.Pool): Promise<boolean> {
  const one = await pool.connect()
  try {
    const own = await backendOf(one)
    // A pooler tells a number of its own at the beginning.
    if ((one as pg.PoolClient & { processID?: number | null }).processID === own || own === null) return false
    const other = await pool.connect()
    try {
      const ones = new Set<number | null>([own])
      for (let count = 0; count < TRANSACTIONS; count++) {
        await other.query('BEGIN')
        if (ones.has(await backendOf(other))) return true
        await other.query('COMMIT')
        ones.add(await backendOf(one))
      }
      return ones.size > 1
    } finally {
      other.release(true)
    }
  } finally {
    one.release()
  }
}

async function backendOf(client: pg.PoolClient): Promise<number | null> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? null
}
