import type { BackupHeader } from './backup-format.js'
import type { Migration } from '../read-migrations.js'

/** How a backup's migrations stand to those of this code: it may be restored by the first `count` of them, or not. */
export type ChosenMigrations = { kind: 'first'; count: number } | { kind: 'newer' | 'other'; name: string }

/**
 * The migrations that a backup's tables are made by. An older backup is restored into the tables of its time, which
 * the later migrations then change as they change a database that is upgraded.
 */
export function chooseMigrations(header: BackupHeader, own: readonly Migration[]): ChosenMigrations {
  for (const [index, { name, checksum }] of header.migrations.entries()) {
    const migration = own[index]
    if (migration?.name === name && migration.checksum === checksum) continue
    const last = own.at(-1)?.name ?? ''
    return { kind: !own.some((one) => one.name === name) && name > last ? 'newer' : 'other', name }
  }
  return { kind: 'first', count: header.migrations.length }
}
