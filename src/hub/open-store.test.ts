import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from './open-store.js'
import { readSettings } from './read-settings.js'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'overlaps-store-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const open = (environment: Record<string, string>) =>
  openStore(readSettings({ OVERLAPS_DATA_DIR: dataDir, ...environment }), pino({ level: 'silent' }))

describe('openStore', () => {
  it('says that the database does not answer, without its password', async () => {
    // Nobody listens on port 1.
    const fault: unknown = await open({ DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/overlaps' }).catch(
      (error) => error,
    )
    expect(String(fault)).toMatch(
      /The database overlaps at 127\.0\.0\.1:1 does not answer \(.*ECONNREFUSED.*\): start it/,
    )
    expect(String(fault)).not.toContain('secret')
  })

  it('names both versions of PostgreSQL when the folder is of another', async () => {
    await mkdir(path.join(dataDir, 'pglite'))
    await writeFile(path.join(dataDir, 'pglite/PG_VERSION'), '17\n')
    await expect(open({})).rejects.toThrow(
      /was made by PostgreSQL 17, and this version of Overlaps embeds PostgreSQL 18/,
    )
    // Unchanged, and no lock keeps another hub away.
    expect(await readdir(dataDir, { recursive: true })).toEqual(['pglite', 'pglite/PG_VERSION'])
    expect(await readFile(path.join(dataDir, 'pglite/PG_VERSION'), 'utf8')).toBe('17\n')
  })

  it('says that a damaged folder does not open', async () => {
    for (const name of ['global', 'base']) await mkdir(path.join(dataDir, 'pglite', name), { recursive: true })
    for (const name of ['PG_VERSION', 'global/pg_control']) await writeFile(path.join(dataDir, 'pglite', name), '18\n')
    await expect(open({})).rejects.toThrow(`The database in ${dataDir} does not open (`)
  })
})
