import { stat } from 'node:fs/promises'
import { Command } from 'commander'
import { openDatabase } from '../hub/open-store.js'
import { StartFault } from '../start-fault.js'
import type { Settings } from '../settings.js'
import { UnusableBackup } from '../store/backup/backup-format.js'
import { checkBackup } from '../store/backup/check-backup.js'
import { restoreBackup } from '../store/backup/restore-backup.js'
import { createPglite } from '../store/create-pglite.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'
import { describeContent } from './backup-command.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { readHubSettings } from './read-hub-settings.js'
import { tellStartFault } from './tell-start-fault.js'

export function restoreCommand(host: CliHost): Command {
  return new Command('restore')
    .description('Fill an empty database, embedded or PostgreSQL, from a backup of either.')
    .argument('<file>', 'a file that overlaps backup has written')
    .option('--check', 'only check whether the file is complete and can be restored')
    .action((file: string, options: { check?: true }) =>
      tellStartFault(host, () => runRestore(host, file, options.check ? 'CHECK' : 'RESTORE')),
    )
}

async function runRestore(host: CliHost, file: string, purpose: 'CHECK' | 'RESTORE'): Promise<void> {
  await requireFile(file)
  const settings = readHubSettings(host.env)
  const checked = await checkBackup(file, await readMigrations())
  if (checked.kind === 'unusable') return tellUnusable(host, checked.message)
  host.out(describeContent(file, checked))
  if (purpose === 'CHECK') return
  try {
    const fill = (store: Store) => store.transaction((sql) => restoreBackup(sql, file))
    if (settings.databaseUrl === null) await createPglite(settings.dataDir, fill)
    else await fillPostgres(host, settings, fill)
  } catch (error) {
    if (error instanceof StartFault) throw error
    const reason = error instanceof Error ? error.message : String(error)
    const sentence = `The backup cannot be restored (${reason}).`
    return tellUnusable(host, error instanceof UnusableBackup ? reason : sentence)
  }
  const target = settings.databaseUrl === null ? `the data folder ${settings.dataDir}` : 'the database of DATABASE_URL'
  host.out(`Restored into ${target}: start the hub there, and no longer where it was.`)
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(`${file} cannot be read (${error.code}): name a file that overlaps backup has written.`)
  })
  if (!found.isFile()) throw new StartFault(`${file} is not a file: name one that overlaps backup has written.`)
}

async function fillPostgres(
  host: CliHost,
  settings: Settings,
  fill: (store: Store) => Promise<unknown>,
): Promise<void> {
  const store = await openDatabase(settings, createLog('warn', 'PEOPLE', host.err))
  try {
    await fill(store)
  } finally {
    await store.close()
  }
}

function tellUnusable(host: CliHost, sentence: string): void {
  host.err(`${sentence} Nothing was restored.`)
  host.exitWith(1)
}
