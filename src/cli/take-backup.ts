import { access } from 'node:fs/promises'
import { systemClock } from '../clock.js'
import { localOrigin } from '../http/listen.js'
import { openDatabase } from '../hub/open-store.js'
import { readOperatorToken } from '../access/operator-token.js'
import { StartFault } from '../start-fault.js'
import type { Settings } from '../settings.js'
import { compressBackup } from '../store/backup/compress-backup.js'
import { describeBackup } from '../store/backup/write-backup.js'
import type { Sql, Store } from '../store/store.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { BackupFailure, fetchBackup } from './fetch-backup.js'

export type TakePieces = (pieces: AsyncIterable<Uint8Array>) => Promise<void>

/** From PostgreSQL, or the embedded database by its hub or folder. Throws StartFault, or BackupFailure midway. */
export async function takeBackup(
  host: CliHost,
  settings: Settings,
  take: TakePieces,
  signal: AbortSignal,
): Promise<void> {
  if (settings.databaseUrl !== null) {
    return withStore(await openDatabase(settings, logOf(host)), (store) =>
      store.snapshot((sql) => takeFrom(store, sql, take, signal)),
    )
  }
  const { dataDir } = settings
  const hub = localOrigin(settings.host, settings.port)
  const operatorToken = await readOperatorToken(dataDir).catch(() => null)
  const pieces = operatorToken === null ? null : await fetchBackup({ hub, operatorToken, dataDir }, signal)
  if (pieces) return take(pieces)
  await access(`${dataDir}/pglite`).catch(() => {
    throw new StartFault(
      `There is no database in the data folder ${dataDir}: set OVERLAPS_DATA_DIR to the hub's, or DATABASE_URL to its PostgreSQL.`,
    )
  })
  const store = await openDatabase(settings, logOf(host)).catch((error: unknown) => {
    if (!(error instanceof StartFault)) throw error
    throw new StartFault(`No hub answers at ${hub}: if it runs on another port, set PORT to that. ${error.message}`)
  })
  // Nobody else uses the folder while this process has its lock.
  return withStore(store, () => store.transaction((sql) => takeFrom(store, sql, take, signal)))
}

async function takeFrom({ kind }: Store, sql: Sql, take: TakePieces, signal: AbortSignal): Promise<void> {
  const header = await describeBackup(sql, kind, systemClock.now())
  await take(untilAborted(compressBackup(sql, header), signal))
}

async function* untilAborted(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) {
      signal.throwIfAborted()
      yield piece
    }
  } catch (error) {
    if (signal.aborted) throw error
    throw new BackupFailure(`The database could not be read completely (${(error as Error).message}): try again.`, {
      cause: error,
    })
  }
}

async function withStore(store: Store, work: (store: Store) => Promise<void>): Promise<void> {
  try {
    await work(store)
  } finally {
    await store.close()
  }
}

function logOf(host: CliHost) {
  return createLog('warn', 'PEOPLE', host.err)
}
