import { access, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { StartFault } from '../start-fault.js'
import { removeTemporaryFolders, temporaryFolder } from './copy-pglite.js'
import { lockFolder } from './lock-folder.js'
import { storeOnPglite } from './open-pglite.js'
import type { Store } from './store.js'

/** A failure leaves no database. Throws StartFault when the folder already has a database or a hub holds it. */
export async function createPglite<Result>(dataDir: string, fill: (store: Store) => Promise<Result>): Promise<Result> {
  const lock = await lockFolder(dataDir)
  const folder = path.join(dataDir, 'pglite')
  const draft = temporaryFolder(dataDir)
  try {
    if (await isThere(folder)) {
      throw new StartFault(
        `The data folder ${dataDir} already has a database: name an empty one with OVERLAPS_DATA_DIR, or move ${folder} away.`,
      )
    }
    await removeTemporaryFolders(dataDir)
    const result = await fillDraft(draft, fill)
    await rename(draft, folder)
    return result
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await lock.release()
  }
}

async function fillDraft<Result>(draft: string, fill: (store: Store) => Promise<Result>): Promise<Result> {
  const store = storeOnPglite(await PGlite.create(draft))
  try {
    return await fill(store)
  } finally {
    await store.close()
  }
}

async function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  )
}
