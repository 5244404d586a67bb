import { randomUUID } from 'node:crypto'
import { StartFault } from '../start-fault.js'
import { holdLock } from './hold-lock.js'
import { LOCKS } from './locks.js'
import type { Migration } from './read-migrations.js'
import type { Sql, Store } from './store.js'

const RECORD_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

export interface MigrationRecord {
  migration_name: string
  checksum: string
  finished: boolean
}

/** Oldest first. */
export async function readMigrationRecords(sql: Sql): Promise<MigrationRecord[]> {
  return sql.query<MigrationRecord>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
}

/** Migrates all or nothing, one hub at a time, and records it as Prisma does. Throws as `refuseForeignRecords` does. */
export async function migrate(store: Pick<Store, 'transaction'>, migrations: readonly Migration[]): Promise<string[]> {
  return store.transaction(async (sql) => {
    await holdLock(sql, LOCKS.PRISMA_MIGRATE)
    await sql.run(RECORD_TABLE)
    const records = await readMigrationRecords(sql)
    refuseForeignRecords(records, migrations)
    const applied = new Set(records.map((record) => record.migration_name))
    const missing = migrations.filter((migration) => !applied.has(migration.name))
    for (const migration of missing) await apply(sql, migration)
    return missing.map((migration) => migration.name)
  })
}

async function apply(sql: Sql, migration: Migration): Promise<void> {
  await sql.run(migration.sql)
  await sql.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ($1, $2, clock_timestamp(), $3, 1)`,
    [randomUUID(), migration.checksum, migration.name],
  )
}

/** @throws StartFault when a database is newer than these migrations, half migrated, or made by others. */
export function refuseForeignRecords(records: readonly MigrationRecord[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const record of records) {
    const migration = known.get(record.migration_name)
    if (!migration) {
      throw new StartFault(
        `The database is newer than this version of Overlaps (it has the migration ${record.migration_name}): start the version that made it, or a later one.`,
      )
    }
    if (!record.finished) {
      throw new StartFault(
        `The migration ${record.migration_name} was started on this database but not finished: see prisma migrate resolve.`,
      )
    }
    if (migration.checksum !== record.checksum) {
      throw new StartFault(
        `The migration ${record.migration_name} that this database was made with is not the one of this version of Overlaps: the files were changed after they were applied.`,
      )
    }
  }
}
