import pg from 'pg'
import { startPostgresServer } from '../src/testing/postgres-server.js'
import { treeCpuMs } from './process-cpu.js'

/** A private PostgreSQL cluster, stopped with the bench. */
export interface Cluster {
  version: string
  /** Returns its URL. */
  createDatabase(): Promise<string>
  dropDatabase(url: string): Promise<void>
  /** Flushes dirty pages, so that every measurement starts alike. */
  checkpoint(): Promise<void>
  query<Row>(url: string, text: string): Promise<Row[]>
  /** Of the server and all its backends, including those that have ended. */
  cpuMs(): number
  stop(): Promise<void>
}

/** Memory and WAL as on a small server. Durability stays as it is: every commit reaches the disk. */
const SETTINGS = ['shared_buffers=512MB', 'max_wal_size=4GB', 'max_connections=100', 'wal_compression=on']

/** Runs PostgreSQL as a user that is not root. Null when it is not installed. */
export async function startPostgres(): Promise<Cluster | null> {
  const server = await startPostgresServer(SETTINGS)
  if (server === null) return null
  const urlOf = (database: string) => `postgresql://postgres@127.0.0.1:${server.port}/${database}`
  const admin = urlOf('postgres')
  let databases = 0
  try {
    const [row] = await query<{ server_version: string }>(admin, 'SHOW server_version')
    return {
      version: row?.server_version ?? '',
      async createDatabase() {
        const name = `bench_${++databases}`
        await query(admin, `CREATE DATABASE ${name}`)
        return urlOf(name)
      },
      dropDatabase: async (url) =>
        void (await query(admin, `DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`)),
      checkpoint: async () => void (await query(admin, 'CHECKPOINT')),
      query,
      cpuMs: () => treeCpuMs(server.pid()),
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows as Row[]
  } finally {
    await client.end()
  }
}
