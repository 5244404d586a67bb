import { randomUUID } from 'node:crypto'
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { askLifeSign, isOfThisKernelAlone, listLifeSigns } from './life-sign.js'

interface LockHolder {
  pid: number
  host: string
  /** Tells a process from a later one with the same number, and where it can be seen; `-` where the system does not say. */
  processStart: string
  since: string
  /** Tells one lock from another of the same process. */
  id: string
  /** Name of its sign of life; null where the system has none. */
  sign?: string | null
}

/** Null for a text that is no whole lock. */
export function parseHolder(text: string): LockHolder | null {
  try {
    const holder = JSON.parse(text) as LockHolder
    return Number.isInteger(holder.pid) && typeof holder.host === 'string' ? holder : null
  } catch {
    return null
  }
}

/** The text of a lock of this process. @param sign is the name of its sign of life. */
export async function describeThisProcess(sign: string | null): Promise<string> {
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    processStart: await processStart(process.pid),
    since: new Date().toISOString(),
    id: randomUUID(),
    sign,
  }
  return JSON.stringify(holder)
}

export interface Judge {
  /** Whether the holder that a lock names is certainly dead. */
  isDead(text: string): Promise<boolean>
}

/** Who was found dead stays dead: signs that come later are other processes'. */
export function createJudge(dataDir: string): Judge {
  const dead = new Set<string>()
  return {
    async isDead(text) {
      if (dead.has(text)) return true
      const holder = parseHolder(text)
      if (!(await (holder === null ? isDamagedDead(dataDir) : isHolderDead(dataDir, holder)))) return false
      dead.add(text)
      return true
    },
  }
}

/** A lock is written whole before anybody sees it: a machine that lost its power left this one. */
async function isDamagedDead(dataDir: string): Promise<boolean> {
  if (!(await isOfThisKernelAlone(dataDir))) return false
  for (const name of await listLifeSigns(dataDir)) {
    if ((await askLifeSign(dataDir, name)) !== 'REFUSED') return false
  }
  return true
}

async function isHolderDead(dataDir: string, holder: LockHolder): Promise<boolean> {
  const answer = holder.sign == null ? 'ABSENT' : await askLifeSign(dataDir, holder.sign)
  switch (answer) {
    case 'ACCEPTED':
    case 'UNCLEAR':
      return false
    case 'REFUSED':
      return (await isOfThisKernelAlone(dataDir)) || (await isOfThisKernel(holder))
    case 'ABSENT':
      return isProcessDead(dataDir, holder)
  }
}

/** Another kernel's sockets refuse here, whoever listens there. */
async function isOfThisKernel({ host, processStart: start }: LockHolder): Promise<boolean> {
  const own = await processStart(process.pid)
  return own === '-' || start === '-' ? host === hostname() : bootOf(own) === bootOf(start)
}

/** By its number, where that can be seen from here. */
async function isProcessDead(dataDir: string, { pid, host, processStart: start }: LockHolder): Promise<boolean> {
  if (host !== hostname()) return false
  const own = await processStart(process.pid)
  if (own !== '-' && start !== '-') {
    if (bootOf(own) !== bootOf(start)) return isOfThisKernelAlone(dataDir)
    // In another namespace for processes, as containers have them, numbers are other processes'.
    if (namespaceOf(own) !== namespaceOf(start)) return false
  }
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true
  }
  const found = await processStart(pid)
  return start !== '-' && found !== '-' && start !== found
}

/** Fields of proc(5)'s stat behind the program's name, counted from 0: the state, and clock ticks from boot to start. */
const STATE_FIELD = 0
const START_FIELD = 19
/** Has ended, and whoever started it has not asked how: in a container that may be so for good. */
const ENDED_STATES = new Set(['Z', 'X'])

/** Linux: the boot, the namespace and when in it the process started. `-` where there are no such files; other than all when it has ended. */
async function processStart(pid: number): Promise<string> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const namespace = await readlink('/proc/self/ns/pid')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const start = fields[START_FIELD] ?? '-'
    return ENDED_STATES.has(fields[STATE_FIELD] ?? '') ? 'ended' : `${boot}/${namespace}/${start}`
  } catch {
    return '-'
  }
}

const bootOf = (start: string) => start.split('/')[0]
const namespaceOf = (start: string) => start.split('/')[1]
