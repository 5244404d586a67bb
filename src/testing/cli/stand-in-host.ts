import type { CliHost, ExitCode, StopSignal } from '../../cli/cli-host.js'

/** A process that is none: it keeps what a command prints, and gets its signals from the test. */
export interface StandInHost extends CliHost {
  outLines: string[]
  errLines: string[]
  exitCode: ExitCode
  /** How often it was left at once. */
  leaveCount: number
  signal(name?: StopSignal): void
  /** Throws where nobody catches. */
  crash(error: unknown): void
  /** Resolves when some line that was printed holds `words`. */
  until(words: string): Promise<void>
}

export function standInHost(env: Record<string, string | undefined> = {}): StandInHost {
  const handlers = new Set<(signal: StopSignal) => void>()
  const crashHandlers = new Set<(error: unknown) => void>()
  const waiters: (() => void)[] = []
  const outLines: string[] = []
  const errLines: string[] = []
  const host: StandInHost = {
    env,
    outLines,
    errLines,
    exitCode: 0,
    leaveCount: 0,
    out(line) {
      outLines.push(line)
      for (const wake of waiters.splice(0)) wake()
    },
    err: (line) => void errLines.push(line),
    write: async (bytes) => host.out(Buffer.from(bytes).toString('utf8')),
    draw: () => {},
    onSignal(signals, handler) {
      const hear = (signal: StopSignal) => {
        if (signals.includes(signal)) handler(signal)
      }
      handlers.add(hear)
      return () => void handlers.delete(hear)
    },
    onCrash(handler) {
      crashHandlers.add(handler)
      return () => void crashHandlers.delete(handler)
    },
    exitWith(code) {
      host.exitCode = code
    },
    leaveNow() {
      host.leaveCount += 1
    },
    showsColours: false,
    terminalSize: () => null,
    signal: (name = 'SIGTERM') => handlers.forEach((hear) => hear(name)),
    crash: (error) => crashHandlers.forEach((hear) => hear(error)),
    async until(words) {
      while (!outLines.some((line) => line.includes(words))) await new Promise<void>((wake) => waiters.push(wake))
    },
  }
  return host
}
