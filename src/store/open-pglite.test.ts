import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartFault } from '../start-fault.js'
import { lockFolder } from './lock-folder.js'
import { makePglite } from './make-pglite.js'
import { openPglite } from './open-pglite.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-data-'))
})
afterEach(() => rm(folder, { recursive: true }))

const inDatabase = (name = '') => path.join(folder, 'pglite', name)
const open = () =>
  openPglite(folder, () => {
    throw new Error('a database would be made where there is one')
  })

/** Everything below the data folder, and the hashes of what is in files. */
async function content(): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.map(async (one) => {
    const file = path.join(one.parentPath, one.name)
    return [path.relative(folder, file), one.isFile() ? hash(await readFile(file)) : 'no file'] as const
  })
  return Object.fromEntries(await Promise.all(files))
}

const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('openPglite', () => {
  it.each(['17', '16', '19', '9.6', 'nonsense'])(
    'refuses a database of PostgreSQL %s in a sentence',
    async (version) => {
      await mkdir(inDatabase())
      await writeFile(inDatabase('PG_VERSION'), `${version}\n`)
      const before = await content()
      await expect(open()).rejects.toThrow(
        new StartFault(
          `The database in ${folder}/pglite was made by PostgreSQL ${version}, and this version of Overlaps embeds PostgreSQL 18: ` +
            'export it with the version that made it, or name another folder with OVERLAPS_DATA_DIR.',
        ),
      )
      // The next attempt finds the folder free and unchanged.
      expect(await content()).toEqual(before)
    },
  )

  it('opens nothing in a folder that is in use', async () => {
    const lock = await lockFolder(folder)
    await expect(open()).rejects.toThrow(/is in use by another hub/)
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  })

  const unknown: [string, () => Promise<unknown>, string][] = [
    ['a file of somebody else', () => writeFile(inDatabase('notes.txt'), 'mine'), 'PG_VERSION is missing'],
    ['an empty folder of somebody else', () => mkdir(inDatabase('photos')), 'PG_VERSION is missing'],
    ['a version alone', () => writeFile(inDatabase('PG_VERSION'), '18\n'), 'global/pg_control is missing'],
    ['a folder for the version', () => mkdir(inDatabase('PG_VERSION')), 'PG_VERSION cannot be read: EISDIR'],
  ]
  it.each(unknown)('leaves what it does not know as it is: %s', async (_what, prepare, why) => {
    await mkdir(inDatabase())
    await prepare()
    const before = await content()
    await expect(open()).rejects.toThrow(
      new StartFault(
        `${folder}/pglite is not empty and not a whole database (${why}), so it was left as it is: ` +
          'bring back a copy of it, or name another folder with OVERLAPS_DATA_DIR.',
      ),
    )
    expect(await content()).toEqual(before)
  })

  it('leaves a file and a link that leads nowhere as they are', async () => {
    await writeFile(inDatabase(), 'mine')
    await expect(open()).rejects.toThrow('it cannot be read: ENOTDIR')
    expect(await content()).toEqual({ pglite: hash('mine') })
    await rm(inDatabase())
    await symlink(path.join(folder, 'unmounted'), inDatabase())
    await expect(open()).rejects.toThrow('it cannot be read: ENOENT')
    expect(await content()).toEqual({ pglite: 'no file' })
  })

  it('makes a new database where nothing is or an empty folder, and never in the place of one that misses something', async () => {
    await mkdir(inDatabase())
    await mkdir(path.join(folder, 'pglite-temporary-of-a-killed-one'))
    const told: string[] = []
    const store = await openPglite(folder, () => void told.push('made'))
    await store.sql.run('CREATE TABLE kept AS SELECT 1 AS one')
    await store.close()
    for (const name of ['PG_VERSION', 'global/pg_control', 'base']) {
      await rename(inDatabase(name), path.join(folder, 'aside'))
      const before = await content()
      await expect(open()).rejects.toThrow(`is not empty and not a whole database (${name} is missing)`)
      expect(await content()).toEqual(before)
      await rename(path.join(folder, 'aside'), inDatabase(name))
    }
    const again = await open()
    expect([told, await again.sql.query('SELECT one FROM kept')]).toEqual([['made'], [{ one: 1 }]])
    await again.close()
    expect(await readdir(folder)).toEqual(['pglite'])
  }, 60_000)
})

describe('makePglite', () => {
  it('gives a database its name only when it is whole', async () => {
    let during: string[] = []
    const cutOff = makePglite(folder, async () => {
      during = await readdir(folder)
      throw new Error('cut off')
    })
    await expect(cutOff).rejects.toThrow('cut off')
    expect(during).toEqual([expect.stringMatching(/^pglite-temporary-/)])
    expect(await readdir(folder)).toEqual([])
  }, 60_000)
})
