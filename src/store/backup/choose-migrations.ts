import type { BackupHeader } from './backup-format.js'
import type { Migration } from '../read-migrations.js'

/** `first`: the backup can be restored after the first `count` migrations of this code. */
export type ChosenMigrations = { kind: 'first'; count: number } | { kind: 'newer' | 'other'; name: string }

/** An older backup is restored into the tables of its time; the later migrations then upgrade them as usual. */
export function chooseMigrations(header: BackupHeader, own: readonly Migration[]): ChosenMigrations {
  for (const [index, { name, checksum }] of header.migrations.entries()) {
    const migration = own[index]
    if (migration?.name === name && migration.checksum === checksum) continue
    const last = own.at(-1)?.name ?? ''
    return { kind: !own.some((one) => one.name === name) && name > last ? 'newer' : 'other', name }
  }
  return { kind: 'first', count: header.migrations.length }
}
