import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A private PostgreSQL server with a folder and a loopback port of its own, ended with the process that started it. */
export interface PostgresServer {
  port: number
  /** Of the server as it runs now. */
  pid(): number
  /** `fast` ends all connections; `immediate` is a crash, from which the next start recovers. */
  halt(mode: 'fast' | 'immediate'): Promise<void>
  /** Starts it again where it was halted; resolves when it answers. */
  resume(): Promise<void>
  /** Ends it and throws its folder away. */
  stop(): Promise<void>
}

const KEEPER = fileURLToPath(new URL('./postgres-keeper.mjs', import.meta.url))
const HALTS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const

/**
 * Starts PostgreSQL from its binaries, as a user that is not root. Null when it is not on this machine.
 * @param settings of the server, each `name=value`.
 */
export async function startPostgresServer(settings: readonly string[] = []): Promise<PostgresServer | null> {
  const bin = findBinaries()
  if (bin === null) return null
  const identity = process.getuid?.() === 0 ? readUser('postgres') : null
  const folder = mkdtempSync(path.join(tmpdir(), 'overlaps-pg-'))
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
  const program = [path.join(bin, 'postgres'), '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder]
  const user = identity ? [String(identity.uid), String(identity.gid)] : ['', '']
  const options = settings.flatMap((setting) => ['-c', setting])
  const keeper = spawn(process.execPath, [KEEPER, folder, ...user, ...program, ...options], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = new Promise<void>((resolve) => {
    keeper.once('exit', () => resolve())
  })
  const word = () =>
    new Promise<{ pid?: number }>((resolve) => {
      keeper.once('message', (message) => resolve(message as { pid?: number }))
    })
  const isReady = path.join(bin, 'pg_isready')
  const stop = async () => {
    keeper.kill('SIGTERM')
    await exited
  }
  try {
    let { pid = 0 } = await word()
    await untilReady(isReady, port)
    return {
      port,
      pid: () => pid,
      async halt(mode) {
        const ended = word()
        keeper.send(HALTS[mode])
        await ended
      },
      async resume() {
        const started = word()
        keeper.send('start')
        pid = (await started).pid ?? 0
        await untilReady(isReady, port)
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Whether `startPostgresServer` finds one on this machine. */
export function hasPostgresServer(): boolean {
  return findBinaries() !== null
}

const INSTALLED = '/usr/lib/postgresql'

function findBinaries(): string | null {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => path.join(INSTALLED, version, 'bin')),
    // eslint-disable-next-line node/no-process-env -- where programs are is the environment's to say
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

/** A loopback port that nobody has just now. */
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

const READY_ATTEMPTS = 200
const READY_EVERY_MS = 100

async function untilReady(isReady: string, port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      execFileSync(isReady, ['-h', '127.0.0.1', '-p', String(port), '-q'])
      return
    } catch (error) {
      if (attempt === READY_ATTEMPTS) throw error
      await sleep(READY_EVERY_MS)
    }
  }
}
