import { access } from 'node:fs/promises'
import path from 'node:path'
import { StartFault } from '../start-fault.js'
import { removeTemporaryFolders } from './copy-pglite.js'
import { lockFolder } from './lock-folder.js'
import { makePglite } from './make-pglite.js'
import { storeOnPglite } from './open-pglite.js'
import type { Store } from './store.js'

/** A failure leaves no database. Throws StartFault when the folder already has a database or a hub holds it. */
export async function createPglite<Result>(dataDir: string, fill: (store: Store) => Promise<Result>): Promise<Result> {
  const lock = await lockFolder(dataDir)
  const folder = path.join(dataDir, 'pglite')
  try {
    if (await isThere(folder)) {
      throw new StartFault(
        `The data folder ${dataDir} already has a database: name an empty one with OVERLAPS_DATA_DIR, or move ${folder} away.`,
      )
    }
    await removeTemporaryFolders(dataDir)
    return await makePglite(dataDir, (database) => fillStore(storeOnPglite(database), fill))
  } finally {
    await lock.release()
  }
}

async function fillStore<Result>(store: Store, fill: (store: Store) => Promise<Result>): Promise<Result> {
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
