import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { StartFault } from '../start-fault.js'
import { temporaryFolder } from './copy-pglite.js'

/** Named only once filled and closed: a failure leaves no database. @throws StartFault when it cannot be moved. */
export async function makePglite<Result>(
  dataDir: string,
  fill: (database: PGlite) => Promise<Result>,
): Promise<Result> {
  const draft = temporaryFolder(dataDir)
  try {
    const result = await fillDraft(draft, fill)
    await moveTo(path.join(dataDir, 'pglite'), draft)
    return result
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function fillDraft<Result>(draft: string, fill: (database: PGlite) => Promise<Result>): Promise<Result> {
  const database = await PGlite.create(draft)
  try {
    return await fill(database)
  } finally {
    if (!database.closed) await database.close()
  }
}

/** A rename takes an empty folder's place, and nothing else's. */
async function moveTo(folder: string, draft: string): Promise<void> {
  await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(
      `The new database cannot be moved to ${folder} (${error.code ?? error.message}): ` +
        'nothing may be there, so mount or link the whole data folder instead, and set OVERLAPS_DATA_DIR to it.',
    )
  })
}
