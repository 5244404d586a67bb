import type { Logger } from 'pino'
import { StartFault } from '../start-fault.js'
import type { Settings } from '../settings.js'
import { isDatabaseAway } from '../store/database-away.js'
import { migrate } from '../store/migrate.js'
import { UnsuitablePostgres } from '../store/inspect-postgres.js'
import { openPglite } from '../store/open-pglite.js'
import { openPostgres } from '../store/open-postgres.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'

/** Opens the database of the settings and migrates it. Throws StartFault. */
export async function openStore(settings: Settings, log: Logger): Promise<Store> {
  const store = await openDatabase(settings, log)
  try {
    const applied = await migrate(store, await readMigrations())
    if (applied.length > 0) log.debug({ applied }, 'migrations applied')
    return store
  } catch (error) {
    await store.close()
    throw error instanceof StartFault ? error : setUpFault(settings, error)
  }
}

/** Opens the database of the settings as it is. Throws StartFault. */
export async function openDatabase(
  { databaseUrl, databaseConnections, dataDir }: Settings,
  log: Logger,
): Promise<Store> {
  if (databaseUrl === null) return openEmbedded(dataDir, log)
  try {
    const warn = (error: Error) => log.warn({ error }, 'a connection to the database broke')
    return await openPostgres(databaseUrl, warn, databaseConnections)
  } catch (error) {
    throw error instanceof UnsuitablePostgres
      ? new StartFault(`${nameOf(databaseUrl)} ${error.message}.`)
      : awayFault(databaseUrl, error)
  }
}

/** What kept a start from going on, in words when that is a database that does not answer. */
export function startFaultOf({ databaseUrl }: Settings, error: unknown): unknown {
  const isAway = databaseUrl !== null && !(error instanceof StartFault) && isDatabaseAway(error)
  return isAway ? awayFault(databaseUrl, error) : error
}

function awayFault(databaseUrl: string, error: unknown): StartFault {
  return new StartFault(
    `${nameOf(databaseUrl)} does not answer (${reasonOf(error)}): start it, or correct DATABASE_URL.`,
    { cause: error },
  )
}

async function openEmbedded(dataDir: string, log: Logger): Promise<Store> {
  try {
    return await openPglite(dataDir, () =>
      log.info(`Creating the database in ${dataDir}: this takes a few seconds, once.`),
    )
  } catch (error) {
    // The system's errors about folders are clear enough.
    if (error instanceof StartFault || (error as NodeJS.ErrnoException).syscall !== undefined) throw error
    throw new StartFault(
      `The database in ${dataDir} does not open (${reasonOf(error)}): restore a copy of the folder, or name another with OVERLAPS_DATA_DIR.`,
      { cause: error },
    )
  }
}

/** PostgreSQL's code for what a user may not do. */
const NOT_ALLOWED = '42501'

function setUpFault({ databaseUrl, dataDir }: Settings, error: unknown): StartFault {
  const name = databaseUrl === null ? `The database in ${dataDir}` : nameOf(databaseUrl)
  const isDenied = (error as { code?: unknown }).code === NOT_ALLOWED
  const help = isDenied ? ': make its user the owner of the database' : ''
  return new StartFault(`${name} cannot be migrated to this version's schema (${reasonOf(error)})${help}.`, {
    cause: error,
  })
}

/** Never the whole URL: it holds a password. */
function nameOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return `The database ${pathname.slice(1)} at ${host}`
}

/** When several addresses did not answer, the driver throws one error without words. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || String((error as NodeJS.ErrnoException).code)
}
