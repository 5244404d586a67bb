import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { devNull } from 'node:os'

import { detailOf } from '../../dial/dial-fault.js'

/** Name servers of both families, then connections side by side. */
const FILES_PER_CHECK = 4
/** For the link to the hub, its names, and the key file. */
const RESERVED = 16
const FILES_TRIED = 8

/** How many checks at once the limit of open files bears; `null` where the system does not tell. */
export function checksBorne(): number | null {
  try {
    return checksWithin(readFileSync('/proc/self/limits', 'utf8'), readdirSync('/proc/self/fd').length)
  } catch {
    return null
  }
}

/** By the kernel's table of limits, and what is open already. */
export function checksWithin(limits: string, openCount: number): number | null {
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN)
  if (Number.isNaN(most)) return null
  return Math.max(1, Math.floor((most - openCount - RESERVED) / FILES_PER_CHECK))
}

/** The code with which the system refuses a few more open files, or `null`: a moment ago there may have been fewer. */
export function refusedFile(): string | null {
  const opened: number[] = []
  try {
    while (opened.length < FILES_TRIED) opened.push(openSync(devNull, 'r'))
    return null
  } catch (error) {
    const code = detailOf(error, '')
    return code === 'EMFILE' || code === 'ENFILE' ? code : null
  } finally {
    for (const file of opened) closeSync(file)
  }
}
