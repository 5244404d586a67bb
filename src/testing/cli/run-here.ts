import { runCommandLine } from '../../cli/run-command-line.js'
import type { ExitCode } from '../../cli/cli-host.js'
import { standInHost, type StandInHost } from './stand-in-host.js'

/** A command line that runs in this process, as a program would with nothing of its environment but what is given. */
export interface RunHere {
  host: StandInHost
  /** Its exit code and what it printed on both outputs, results first. */
  ended: Promise<{ code: ExitCode; text: string }>
}

interface RunOptions {
  cwd: string
  env?: Record<string, string>
}

/** Runs `overlaps …`. One at a time: the working directory is the process's. */
export function runHere(args: readonly string[], { cwd, env = {} }: RunOptions): RunHere {
  const host = standInHost({ HOME: cwd, ...env })
  const before = process.cwd()
  process.chdir(cwd)
  const run = async () => {
    try {
      await runCommandLine(host, args)
    } finally {
      process.chdir(before)
    }
    const printed = [...host.outLines, ...host.errLines].flatMap((text) => text.replace(/\r?\n$/, '').split(/\r?\n/))
    return { code: host.exitCode, text: printed.join('\n') }
  }
  return { host, ended: run() }
}

/** Runs `overlaps …` to its end. */
export const runToEndHere = (args: readonly string[], options: RunOptions) => runHere(args, options).ended
