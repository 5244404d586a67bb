import type { Logger } from 'pino'
import { StartFault } from '../problem.js'
import type { Settings } from '../settings.js'
import { migrate } from '../store/migrate.js'
import { openPglite } from '../store/open-pglite.js'
import { openPostgres } from '../store/open-postgres.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'

/** Opens the database that the settings name and brings it to this code's schema. @throws StartFault in words. */
export async function openStore(settings: Settings, log: Logger): Promise<Store> {
  const store = await openDatabase(settings, log)
  try {
    const applied = await migrate(store, await readMigrations())
    if (applied.length > 0) log.debug({ applied }, 'migrations applied')
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

async function openDatabase({ databaseUrl, dataDir }: Settings, log: Logger): Promise<Store> {
  if (databaseUrl === null) {
    return openPglite(dataDir, () => log.info(`Creating the database in ${dataDir}: this takes some seconds, once.`))
  }
  try {
    return await openPostgres(databaseUrl, (error) => log.warn({ error }, 'a connection to the database broke'))
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl)
    const reason =
      error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error)
    throw new StartFault(
      `The database ${pathname.slice(1)} at ${host} does not answer (${reason}): start it, or mend DATABASE_URL.`,
    )
  }
}
