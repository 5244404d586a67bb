import { spawn } from 'node:child_process'

const PATIENCE_MS = 60_000

export interface ShellRun {
  /** The code that it ended with; null when it was stopped. */
  code: number | null
  stdout: string
  stderr: string
}

interface ShellOptions {
  cwd: string
  env: Record<string, string>
  /** Stops it once it has printed this; null waits for its end. */
  until: string | null
}

/** Runs a block as `sh -e` does, in a process group of its own, all of which is gone when this resolves. */
export function runShell(text: string, { cwd, env, until }: ShellOptions): Promise<ShellRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-e', '-c', text], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const run: ShellRun = { code: null, stdout: '', stderr: '' }
    let isStopped = false
    const signal = (name: NodeJS.Signals) => {
      if (child.pid !== undefined) signalGroup(child.pid, name)
    }
    const timer = setTimeout(() => signal('SIGKILL'), PATIENCE_MS)
    const hear = (stream: 'stdout' | 'stderr') => (data: Buffer) => {
      run[stream] += data.toString('utf8')
      if (until === null || isStopped || !(run.stdout + run.stderr).includes(until)) return
      isStopped = true
      signal('SIGTERM')
    }
    child.stdout.on('data', hear('stdout'))
    child.stderr.on('data', hear('stderr'))
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      signal('SIGKILL')
      resolve({ ...run, code: isStopped ? null : code })
    })
  })
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name)
  } catch {
    // All of it has ended already.
  }
}
