import { StartFault } from '../start-fault.js'
import type { CliHost } from './cli-host.js'

/** What the system says when files are not as they must be: for the person at the terminal to mend, and no bug. */
const FILE_FAULTS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'EMFILE'])

/** Runs a command's action; what kept it from starting is told in one sentence, without a stack trace, and ends with code 2. */
export async function tellStartFault(host: CliHost, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    const sentence = sentenceOf(error)
    if (sentence === null) throw error
    host.err(sentence)
    host.exitWith(2)
  }
}

function sentenceOf(error: unknown): string | null {
  if (error instanceof StartFault) return error.message
  const { code, path } = error as NodeJS.ErrnoException
  if (code === undefined || path === undefined || !FILE_FAULTS.has(code)) return null
  return `${path} cannot be used (${code}): check the path, its owner and the room on its disk.`
}
