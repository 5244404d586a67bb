import { access, lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { StartFault } from '../start-fault.js'

/** The PostgreSQL that PGlite 0.5 is; a folder of another one does not open. */
const POSTGRES_VERSION = '18'
/** Without these PostgreSQL's files are no database. */
const NEEDED = ['PG_VERSION', 'global/pg_control', 'base']

/** False for no or an empty folder. Changes nothing. @throws StartFault when this version cannot open what is there. */
export async function findPglite(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !(await isLink(folder))) return []
    throw unusable(folder, `it cannot be read: ${error.code ?? error.message}`)
  })
  if (names.length === 0) return false
  const version = await readVersion(folder)
  if (version !== null && version !== POSTGRES_VERSION) {
    throw new StartFault(
      `The database in ${folder} was made by PostgreSQL ${version}, and this version of Overlaps embeds PostgreSQL ${POSTGRES_VERSION}: ` +
        'export it with the version that made it, or name another folder with OVERLAPS_DATA_DIR.',
    )
  }
  for (const name of NEEDED) {
    if (!(await isThere(path.join(folder, name)))) throw unusable(folder, `${name} is missing`)
  }
  return true
}

function unusable(folder: string, why: string): StartFault {
  return new StartFault(
    `${folder} is not empty and not a whole database (${why}), so it was left as it is: ` +
      'bring back a copy of it, or name another folder with OVERLAPS_DATA_DIR.',
  )
}

async function readVersion(folder: string): Promise<string | null> {
  try {
    return (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw unusable(folder, `PG_VERSION cannot be read: ${code}`)
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** A link that leads nowhere, as to a disk that is not mounted. */
async function isLink(folder: string): Promise<boolean> {
  return lstat(folder).then(
    () => true,
    () => false,
  )
}
