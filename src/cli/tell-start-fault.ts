import { StartFault } from '../problem.js'
import type { CliHost } from './cli-host.js'

/** Runs a command's action; what kept it from starting is told in its own sentence, without a stack trace, and ends with code 2. */
export async function tellStartFault(host: CliHost, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!(error instanceof StartFault)) throw error
    host.err(error.message)
    host.exitWith(2)
  }
}
