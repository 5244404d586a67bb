import { StartFault } from '../start-fault.js'
import type { CliHost } from './cli-host.js'

/** The system's errors about files: for the person at the terminal to fix, not bugs. */
const FILE_FAULTS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'EMFILE'])

/** Whatever keeps the action from starting is one sentence without a stack trace, and exit code 2. */
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
  return `${path} cannot be used (${code}): check the path, its owner and the free space on its disk.`
}
