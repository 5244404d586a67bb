import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { treeCpuMs } from './process-cpu.js'

/** A private PostgreSQL cluster, ended with the bench. */
export interface Cluster {
  /** As `server_version` says. */
  version: string
  /** Makes an empty database; returns its URL. */
  createDatabase(): Promise<string>
  dropDatabase(url: string): Promise<void>
  /** Writes out what is dirty, so that every measurement begins alike. */
  checkpoint(): Promise<void>
  query<Row>(url: string, text: string): Promise<Row[]>
  /** CPU milliseconds of the server and all its backends so far, those that have ended included. */
  cpuMs(): number
  stop(): Promise<void>
}

const KEEPER = fileURLToPath(new URL('postgres-keeper.mjs', import.meta.url))
/** Memory and WAL as a small server would set them; durability stays as it is: every commit reaches the disk. */
const SETTINGS = ['shared_buffers=512MB', 'max_wal_size=4GB', 'max_connections=100', 'wal_compression=on']

/** Starts PostgreSQL from its binaries, as a user that is not root. Null when it is not on this machine. */
export async function startPostgres(): Promise<Cluster | null> {
  const bin = findBinaries()
  if (bin === null) return null
  const identity = process.getuid?.() === 0 ? readUser('postgres') : null
  const folder = mkdtempSync(path.join(tmpdir(), 'overlaps-bench-pg-'))
  const data = path.join(folder, 'data')
  try {
    if (identity) chownSync(folder, identity.uid, identity.gid)
    const options = { ...identity, cwd: folder, stdio: 'ignore' as const }
    execFileSync(path.join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'], options)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  const port = await freePort()
  const server = [
    path.join(bin, 'postgres'),
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    folder,
    ...SETTINGS.flatMap((setting) => ['-c', setting]),
  ]
  const user = identity ? [String(identity.uid), String(identity.gid)] : ['', '']
  const keeper = spawn(process.execPath, [KEEPER, folder, ...user, ...server], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = new Promise<void>((resolve) => {
    keeper.once('exit', () => resolve())
  })
  const stop = async () => {
    keeper.kill('SIGTERM')
    await exited
  }
  try {
    const pid = await new Promise<number>((resolve) => {
      keeper.once('message', resolve)
    })
    await untilReady(path.join(bin, 'pg_isready'), port)
    return await openCluster((database) => `postgresql://postgres@127.0.0.1:${port}/${database}`, pid, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function openCluster(
  urlOf: (database: string) => string,
  pid: number,
  stop: () => Promise<void>,
): Promise<Cluster> {
  let databases = 0
  const admin = urlOf('postgres')
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
    cpuMs: () => treeCpuMs(pid),
    stop,
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

const INSTALLED = '/usr/lib/postgresql'

function findBinaries(): string | null {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => path.join(INSTALLED, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ]
  return (
    folders.find((folder) =>
      ['initdb', 'postgres', 'pg_isready'].every((name) => existsSync(path.join(folder, name))),
    ) ?? null
  )
}

function readUser(name: string): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
  if (!fields) throw new Error(`PostgreSQL does not run as root, and there is no user ${name} to run it as`)
  return { uid: Number(fields[2]), gid: Number(fields[3]) }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

const READY_ATTEMPTS = 100
const READY_EVERY_MS = 100

async function untilReady(isReady: string, port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      execFileSync(isReady, ['-h', '127.0.0.1', '-p', String(port), '-q'])
      return
    } catch (error) {
      if (attempt === READY_ATTEMPTS) throw error
      await new Promise((resolve) => {
        setTimeout(resolve, READY_EVERY_MS)
      })
    }
  }
}
