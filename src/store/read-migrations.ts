import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** Beside `src` in the repository, beside `dist` in the package. */
const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)

export interface Migration {
  name: string
  sql: string
  /** SHA-256, as `prisma migrate deploy` records it. */
  checksum: string
}

/** Oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
