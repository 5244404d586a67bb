import path from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { PrismaClient } from '../generated/prisma/client.js'
import { ROWS_PER_STATEMENT_MAX } from '../limits.js'
import { BothFaces } from './both-faces.js'
import { copyPglite, removeTemporaryFolders } from './copy-pglite.js'
import { findPglite } from './find-pglite.js'
import { lockFolder, type FolderLock } from './lock-folder.js'
import { makePglite } from './make-pglite.js'
import type { Sql, Store } from './store.js'

function sqlOn(client: PGlite | Transaction): Sql {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = []) => {
      const { rows } = await client.query<Row>(text, [...parameters])
      return rows
    },
    run: async (script) => {
      await client.exec(script)
    },
  }
}

/** Closing the store closes `database`. */
export function storeOnPglite(database: PGlite, lock?: FolderLock): Store {
  const faces = new BothFaces()
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(notingDatabase(database, faces)) })
  return {
    kind: 'pglite',
    prisma,
    sql: sqlOn(database),
    rowsPerStatementMax: ROWS_PER_STATEMENT_MAX.pglite,
    gatherMs: 15,
    transaction: (work) => database.transaction((transaction) => work(sqlOn(transaction))),
    change: (work) => faces.change(prisma, work),
    snapshot: async (work) => {
      const copy = await copyPglite(database)
      try {
        return await copy.database.transaction((transaction) => work(sqlOn(transaction)))
      } finally {
        await copy.remove()
      }
    },
    exclusively: createExclusively(),
    close: async () => {
      await prisma.$disconnect()
      if (!database.closed) await database.close()
      await lock?.release()
    },
  }
}

function notingDatabase(database: PGlite, faces: BothFaces): PGlite {
  const transaction: PGlite['transaction'] = (work) =>
    database.transaction((opened) => {
      faces.note(sqlOn(opened))
      return work(opened)
    })
  return new Proxy(database, {
    get: (target, name) => {
      if (name === 'transaction') return transaction
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Throws StartFault when another hub holds the folder, or it holds anything but a database of this PostgreSQL. */
export async function openPglite(dataDir: string, onCreate: () => void): Promise<Store> {
  const lock = await lockFolder(dataDir)
  try {
    await removeTemporaryFolders(dataDir)
    const folder = path.join(dataDir, 'pglite')
    if (!(await findPglite(folder))) {
      onCreate()
      await makePglite(dataDir, async () => undefined)
    }
    return storeOnPglite(await PGlite.create(folder), lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Within this hub, first come, first served; the folder's lock keeps other hubs away. */
function createExclusively(): Store['exclusively'] {
  const last = new Map<number, Promise<unknown>>()
  return (lock, work) => {
    const turn = (last.get(lock) ?? Promise.resolve()).then(work, work)
    last.set(lock, turn)
    return turn
  }
}
