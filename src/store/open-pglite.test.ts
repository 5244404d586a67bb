import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartFault } from '../start-fault.js'
import { lockFolder } from './lock-folder.js'
import { openPglite } from './open-pglite.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-data-'))
  await mkdir(path.join(folder, 'pglite'))
})
afterAll(() => rm(folder, { recursive: true }))

const open = () =>
  openPglite(folder, () => {
    throw new Error('a database would be made where there is one')
  })

describe('openPglite', () => {
  it.each(['17', '16', '19', '9.6', 'nonsense'])(
    'refuses a database of PostgreSQL %s in a sentence',
    async (version) => {
      await writeFile(path.join(folder, 'pglite', 'PG_VERSION'), `${version}\n`)
      await expect(open()).rejects.toThrow(
        new StartFault(
          `The database in ${folder}/pglite was made by PostgreSQL ${version}, and this version of Overlaps embeds PostgreSQL 18: ` +
            'export it with the version that made it, or name another folder with OVERLAPS_DATA_DIR.',
        ),
      )
      // The next attempt finds the folder free and unchanged.
      expect(await readdir(folder)).toEqual(['pglite'])
      expect(await readdir(path.join(folder, 'pglite'))).toEqual(['PG_VERSION'])
    },
  )

  it('opens nothing in a folder that is in use', async () => {
    const lock = await lockFolder(folder)
    await expect(open()).rejects.toThrow(/is in use by another hub/)
    await lock.release()
    expect(await readdir(path.join(folder, 'pglite'))).toEqual(['PG_VERSION'])
  })
})
