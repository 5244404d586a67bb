import { access, rm } from 'node:fs/promises'
import { Command } from 'commander'
import { StartFault } from '../start-fault.js'
import type { BackupSummary } from '../store/backup/backup-format.js'
import { checkBackup } from '../store/backup/check-backup.js'
import { readMigrations } from '../store/read-migrations.js'
import type { CliHost } from './cli-host.js'
import { BackupFailure } from './fetch-backup.js'
import { readHubSettings } from './read-hub-settings.js'
import { takeBackup } from './take-backup.js'
import { tellStartFault } from './tell-start-fault.js'
import { writeOutput } from './write-output.js'

export function backupCommand(host: CliHost): Command {
  return new Command('backup')
    .description('Write everything that a hub knows to one new file. Works with or without a running hub.')
    .argument('<file>', 'the new file; it will contain secrets')
    .action((file: string) => tellStartFault(host, () => runBackup(host, file)))
}

async function runBackup(host: CliHost, file: string): Promise<void> {
  const settings = readHubSettings(host.env)
  await requireNewFile(file)
  const stopping = new AbortController()
  const forget = host.onSignal(['SIGINT', 'SIGTERM', 'SIGHUP'], () => stopping.abort())
  try {
    await takeBackup(host, settings, (pieces) => writeOutput(file, pieces, 'KEEP'), stopping.signal)
    const checked = await checkBackup(file, await readMigrations())
    if (checked.kind === 'usable') return host.out(describeContent(file, checked))
    // The disk returned other bytes than were written.
    await rm(file)
    throw new BackupFailure(checked.message)
  } catch (error) {
    const sentence = stopping.signal.aborted ? 'Stopped before the backup was complete.' : sentenceOf(error, file)
    if (sentence === null) throw error
    host.err(`${sentence} No file was written.`)
    host.exitWith(1)
  } finally {
    forget()
  }
}

async function requireNewFile(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw new StartFault(`${file} already exists: a backup is only written to a new file.`)
}

/** Null for what is no failure. */
function sentenceOf(error: unknown, file: string): string | null {
  if (error instanceof BackupFailure) return error.message
  const { code, syscall } = error as NodeJS.ErrnoException
  const isDisk = syscall === 'write' || syscall === 'fsync'
  return isDisk ? `${file} cannot be written (${code}): check the free space on its disk.` : null
}

export function describeContent(file: string, { header, rowCounts }: BackupSummary): string {
  const counts = Object.values(rowCounts)
  const rowCount = counts.reduce((sum, count) => sum + count, 0)
  const database = header.kind === 'pglite' ? 'the embedded database' : 'PostgreSQL'
  return `${file} is complete: ${rowCount} rows of ${counts.length} tables, taken from ${database} at ${header.takenAt} by Overlaps ${header.hubVersion}.`
}
