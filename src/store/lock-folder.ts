import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { StartFault } from '../start-fault.js'

/** PGlite has no lock of its own: two processes in one folder lose acknowledged rows. */
export interface FolderLock {
  release(): Promise<void>
}

interface LockHolder {
  pid: number
  host: string
  /** Distinguishes a process from a later one with the same ID; `-` where the system does not say. */
  processStart: string
  since: string
  /** Distinguishes locks of the same process. */
  id: string
}

/** Never replaces a holder that is slow or on another machine. Throws StartFault that names the holder. */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new StartFault(
      `The data folder ${dataDir} cannot be created (${error.code ?? error.message}): name another with OVERLAPS_DATA_DIR.`,
    )
  })
  const file = path.join(dataDir, 'hub.lock')
  const own = await describeThisProcess()
  const holder = await acquire(file, own)
  if (holder !== null) throw inUse(dataDir, file, parseHolder(holder))
  return {
    release: async () => {
      if ((await readLock(file)) === own) await unlink(file)
    },
  }
}

/**
 * Returns null, or the text of the lock in the way. A dead holder's lock is replaced under a second lock named after
 * its text: of several who read the same text one replaces it, late ones find another. A crash's second lock is
 * replaced likewise.
 */
async function acquire(file: string, own: string): Promise<string | null> {
  if (await tryCreate(file, own)) return null
  const text = await readLock(file)
  if (text === null) return (await tryCreate(file, own)) ? null : ((await readLock(file)) ?? '')
  const holder = parseHolder(text)
  if (holder === null || (await isAlive(holder))) return text
  const claim = `${file}.${createHash('sha256').update(text).digest('hex').slice(0, CLAIM_DIGITS)}`
  const claimant = await acquire(claim, own)
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

function inUse(dataDir: string, file: string, holder: LockHolder | null): StartFault {
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

function parseHolder(text: string | null): LockHolder | null {
  try {
    const holder = JSON.parse(text ?? '') as LockHolder
    return Number.isInteger(holder.pid) && typeof holder.host === 'string' ? holder : null
  } catch {
    return null
  }
}

async function describeThisProcess(): Promise<string> {
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    processStart: await processStart(process.pid),
    since: new Date().toISOString(),
    id: randomUUID(),
  }
  return JSON.stringify(holder)
}

async function isAlive(holder: LockHolder): Promise<boolean> {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return holder.processStart === '-' || holder.processStart === (await processStart(holder.pid))
}

/** Fields of proc(5)'s stat after the program's name, from 0: the state, and clock ticks from boot to start. */
const STATE_FIELD = 0
const START_FIELD = 19
/** Ended, but its parent has not waited for it: in a container that may last for ever. */
const ENDED_STATES = new Set(['Z', 'X'])

/** On Linux the boot ID and the start within it, or a value of its own for a process that has ended. Elsewhere `-`. */
async function processStart(pid: number): Promise<string> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ENDED_STATES.has(fields[STATE_FIELD] ?? '') ? 'ended' : `${boot}/${fields[START_FIELD] ?? '-'}`
  } catch {
    return '-'
  }
}
