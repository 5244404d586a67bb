import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StartFault } from '../start-fault.js'
import { giveLifeSign, removeDeadLifeSigns } from './life-sign.js'
import { createJudge, describeThisProcess, type Judge, parseHolder } from './lock-holder.js'

/** PGlite has no lock of its own: two processes in one folder lose acknowledged rows. */
export interface FolderLock {
  release(): Promise<void>
}

/**
 * Replaces a holder that is certainly dead, under whatever host name it ran; never one that is slow, stopped or on
 * another machine. Throws StartFault that names the holder.
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(
      `The data folder ${dataDir} cannot be created (${error.code ?? error.message}): name another with OVERLAPS_DATA_DIR.`,
    )
  })
  const file = path.join(dataDir, 'hub.lock')
  const judge = createJudge(dataDir)
  const present = await readLock(file)
  // Before a sign of one's own is in the folder: of several that find a damaged lock, the first sees no sign of life.
  if (present !== null && !(await judge.isDead(present))) throw inUse(dataDir, file, present)
  const sign = await giveLifeSign(dataDir)
  try {
    if (present !== null && sign === null && parseHolder(present) === null) throw inUse(dataDir, file, present)
    const own = await describeThisProcess(sign?.name ?? null)
    const holder = await acquire(file, own, judge)
    if (holder !== null) throw inUse(dataDir, file, holder)
    await removeDeadLifeSigns(dataDir)
    return {
      release: async () => {
        if ((await readLock(file)) === own) await unlink(file)
        await sign?.close()
      },
    }
  } catch (error) {
    await sign?.close()
    throw error
  }
}

/**
 * Returns null, or the text of the lock in the way. A dead holder's lock is replaced under a second lock named after
 * its text: of several who read the same text one replaces it, late ones find another. A crash's second lock is
 * replaced likewise.
 */
async function acquire(file: string, own: string, judge: Judge): Promise<string | null> {
  if (await tryCreate(file, own)) return null
  const text = await readLock(file)
  if (text === null) return (await tryCreate(file, own)) ? null : ((await readLock(file)) ?? '')
  if (!(await judge.isDead(text))) return text
  const claim = `${file}.${createHash('sha256').update(text).digest('hex').slice(0, CLAIM_DIGITS)}`
  const claimant = await acquire(claim, own, judge)
  if (claimant !== null) return claimant
  try {
    const present = await readLock(file)
    if (present !== text) return present ?? ''
    await replace(file, own)
    return null
  } finally {
    await unlink(claim)
  }
}

const CLAIM_DIGITS = 16

function inUse(dataDir: string, file: string, text: string): StartFault {
  const holder = parseHolder(text)
  const who = holder
    ? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
    : 'a process that it does not name'
  return new StartFault(
    `The data folder ${dataDir} is in use by another hub (${who}): stop it, or name another folder with OVERLAPS_DATA_DIR. ` +
      `If no hub is running, delete ${file}.`,
  )
}

/** `link` creates the file with its whole content or fails if it exists. */
async function tryCreate(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft)
  }
}

/** `rename` replaces the old text atomically. */
async function replace(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, content, { mode: 0o600 })
  await rename(draft, file)
}

async function readLock(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null)
}
