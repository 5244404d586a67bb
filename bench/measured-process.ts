import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Since the last reset. */
export interface Usage {
  cpuMs: number
  /** Event-loop delay. */
  delayP99Ms: number
  delayMaxMs: number
  rssMb: number
  peakRssMb: number
}

/** A Node.js program beside the bench, with the probe loaded. */
export interface MeasuredProcess {
  /** Resolves with the first match in its output. */
  line(pattern: RegExp): Promise<RegExpExecArray>
  /** Sends a command to a worker (`answerCommands`). */
  ask<Answer>(command: object): Promise<Answer>
  reset(): Promise<void>
  read(): Promise<Usage>
  stop(): Promise<void>
}

interface Reply {
  ready?: boolean
  probe?: string
  usage?: Usage
  id?: number
  answer?: unknown
  error?: string
}

const PROBE = new URL('./probe.mjs', import.meta.url).href
/** Lets Node.js run TypeScript. */
export const TSX = import.meta.resolve('tsx')
/** Closing a hub properly, or writing a profile, takes a while. */
const STOP_WITHIN_MS = 20_000
const OUTPUT_KEPT = 20_000

export function startWorker(file: URL, environment: Record<string, string> = {}): MeasuredProcess {
  return startMeasured(['--import', TSX, fileURLToPath(file)], environment)
}

export function startMeasured(program: readonly string[], environment: Record<string, string>): MeasuredProcess {
  const child = spawn(process.execPath, ['--import', PROBE, ...program], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = collectOutput(child)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const failed = () => new Error(`${program.at(-1)} ended (${child.exitCode ?? child.signalCode}):\n${output.text()}`)
  const gone = () => child.exitCode !== null || child.signalCode !== null
  /** Rejects when the process ends before a matching reply. */
  const reply = <Taken>(pick: (message: Reply) => Taken | undefined, message: object | null) =>
    new Promise<Taken>((resolve, reject) => {
      if (gone()) return reject(failed())
      const leave = () => {
        child.off('message', listen)
        child.off('exit', fail)
      }
      const fail = () => {
        leave()
        reject(failed())
      }
      const listen = (reply: Reply) => {
        const taken = pick(reply)
        if (taken === undefined) return
        leave()
        resolve(taken)
      }
      child.on('message', listen)
      child.on('exit', fail)
      if (message !== null) child.send(message)
    })
  // Messages before a worker listens are lost, as the probe listens from the start.
  const ready = reply((message) => message.ready, null)
  ready.catch(() => undefined)
  let asked = 0
  return {
    line: (pattern) => output.line(pattern, failed),
    async ask<Answer>(command: object) {
      await ready
      const id = ++asked
      const { answer, error } = await reply((message) => (message.id === id ? message : undefined), { id, command })
      if (error !== undefined) throw new Error(error)
      return answer as Answer
    },
    reset: async () => void (await reply(({ probe }) => (probe === 'reset' ? true : undefined), { probe: 'reset' })),
    read: () => reply(({ usage }) => usage, { probe: 'read' }),
    async stop() {
      if (gone()) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
      await exited
      clearTimeout(timer)
    },
  }
}

function collectOutput(child: ChildProcess) {
  let text = ''
  const watchers = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      text = (text + data.toString('utf8')).slice(-OUTPUT_KEPT)
      for (const watch of watchers) watch()
    })
  }
  return {
    text: () => text,
    line: (pattern: RegExp, failed: () => Error) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const watch = () => {
          const match = pattern.exec(text)
          if (!match) return
          watchers.delete(watch)
          resolve(match)
        }
        watchers.add(watch)
        child.once('exit', () => reject(failed()))
        watch()
      }),
  }
}
