import type { Migration } from '../read-migrations.js'
import { UnusableBackup, type BackupHeader, type BackupSummary } from './backup-format.js'
import { chooseMigrations } from './choose-migrations.js'
import { readBackup } from './read-backup.js'

export type CheckedBackup = ({ kind: 'usable' } & BackupSummary) | { kind: 'unusable'; message: string }

/** Reads a whole backup and says whether it is complete and made by this code or an older version. */
export async function checkBackup(file: string, own: readonly Migration[]): Promise<CheckedBackup> {
  try {
    let header: BackupHeader | null = null
    for await (const part of readBackup(file)) {
      if (part.kind === 'header') {
        countMigrations(file, part.header, own)
        header = part.header
      }
      if (part.kind === 'end' && header) return { kind: 'usable', header, rowCounts: part.rowCounts }
    }
    throw new Error('a backup ended without its end')
  } catch (error) {
    if (error instanceof UnusableBackup) return { kind: 'unusable', message: error.message }
    throw error
  }
}

/** How many of this code's migrations a backup's tables have; throws UnusableBackup when they are others. */
export function countMigrations(file: string, header: BackupHeader, own: readonly Migration[]): number {
  const chosen = chooseMigrations(header, own)
  switch (chosen.kind) {
    case 'first':
      return chosen.count
    case 'newer':
      throw new UnusableBackup(
        `${file} is newer than this version of Overlaps (it has the migration ${chosen.name}): restore it with the version that made it (${header.hubVersion}), or a later one.`,
      )
    case 'other':
      throw new UnusableBackup(
        `${file} was made by other migrations than those of this version of Overlaps (${chosen.name}): restore it with the version that made it (${header.hubVersion}).`,
      )
  }
}
