import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a script of the shell that stops at its first fault, and hands back what it printed. */
export async function runScript(script: string): Promise<string> {
  const { stdout } = await run('sh', ['-ec', script], { timeout: 60_000 })
  return stdout
}
