import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { cp, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { DISK_FREE_MIN_BYTES } from '../limits.js'
import { StartFault } from '../start-fault.js'

const PREFIX = 'pglite-temporary-'

export function temporaryFolder(dataDir: string): string {
  return path.join(dataDir, PREFIX + randomUUID())
}

export interface PgliteCopy {
  database: PGlite
  remove(): Promise<void>
}

/** Statements wait for the copying only. Throws StartFault when the disk has no room: a full one would stop the hub. */
export async function copyPglite(original: PGlite): Promise<PgliteCopy> {
  const folder = original.dataDir
  if (folder === undefined || folder === '') {
    const database = (await original.clone()) as PGlite
    return { database, remove: () => database.close() }
  }
  await refuseSmallDisk(folder)
  const copy = temporaryFolder(path.dirname(folder))
  try {
    await mkdir(copy, { mode: 0o700 })
    await original.transaction(async (transaction) => {
      await transaction.exec('CHECKPOINT')
      await cp(folder, copy, { recursive: true, mode: constants.COPYFILE_FICLONE })
    })
    const database = await PGlite.create(copy)
    return {
      database,
      remove: async () => {
        await database.close()
        await rm(copy, { recursive: true })
      },
    }
  } catch (error) {
    await rm(copy, { recursive: true, force: true })
    throw error
  }
}

/** Removes what a killed process left behind. Only the holder of the folder's lock may. */
export async function removeTemporaryFolders(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(PREFIX)) await rm(path.join(dataDir, name), { recursive: true })
  }
}

async function refuseSmallDisk(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  let bytes = 0
  for (const file of files) {
    if (!file.isFile()) continue
    // The file may have just disappeared.
    bytes += (await stat(path.join(file.parentPath, file.name)).catch(() => ({ size: 0 }))).size
  }
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= bytes + DISK_FREE_MIN_BYTES) return
  const needed = Math.ceil((bytes + DISK_FREE_MIN_BYTES) / 1024 ** 2)
  throw new StartFault(
    `A backup of a running hub's embedded database needs ${needed} MiB of free space beside ${folder} for a while: free some, or stop the hub and back it up then.`,
  )
}
