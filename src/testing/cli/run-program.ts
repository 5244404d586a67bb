import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** To make a database takes seconds, on a busy machine many. */
export const PATIENCE_MS = 120_000

const MAIN = path.resolve('dist/cli/main.js')
/** What tsconfig.build.json leaves out, and what is not written by hand. */
const NOT_BUILT = /\.test\.ts$|^testing[\\/]|^generated[\\/]/
const PAGES = path.resolve('dist/web/index.html')
const NOT_IN_PAGES = /\.test\.tsx?$|^vite\.config\.ts$/

/** The built program as a process of its own; it ends with the test that ran it. */
export interface Program {
  pid: number
  /** All lines so far, of both outputs. */
  lines: string[]
  /** The first line that matches, as soon as it is printed. Rejects when the program ends without it. */
  until(pattern: RegExp): Promise<RegExpMatchArray>
  signal(name: NodeJS.Signals): void
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>
}

interface RunOptions {
  cwd: string
  env?: Record<string, string>
  /** A command that becomes the one it is given, as `env` does. */
  within?: readonly string[]
  /** Another file to run than this checkout's. */
  program?: string
}

/** Runs `overlaps …` as built, with nothing of this environment but what is given. */
export function runProgram(args: readonly string[], options: RunOptions): Program {
  const [command, ...rest] = [...(options.within ?? []), process.execPath, options.program ?? MAIN, ...args]
  const child = spawn(command ?? process.execPath, rest, {
    cwd: options.cwd,
    // eslint-disable-next-line node/no-process-env -- a process that is started needs a path
    env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiters = new Set<() => void>()
  const wakeAll = () => waiters.forEach((wake) => wake())
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line)
      wakeAll()
    })
  }
  let hasEnded = false
  const ended = new Promise<number | null>((resolve) => {
    // Not `exit`: what was printed last may still be on its way then.
    child.once('close', (code) => {
      hasEnded = true
      resolve(code)
      wakeAll()
    })
  })
  const program: Program = {
    pid: child.pid ?? 0,
    lines,
    ended,
    signal: (name) => void child.kill(name),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = lines.map((line) => pattern.exec(line)).find((found) => found !== null)
          if (!match && !hasEnded) return
          waiters.delete(look)
          if (match) resolve(match)
          else reject(new Error(`ended without ${String(pattern)}:\n${lines.join('\n')}`))
        }
        waiters.add(look)
        look()
      }),
  }
  onTestFinished(async () => {
    if (!hasEnded) child.kill('SIGKILL')
    await ended
  })
  return program
}

/** Runs a command to its end. */
export async function runToEnd(args: readonly string[], options: { cwd: string; env?: Record<string, string> }) {
  const { ended, lines } = runProgram(args, options)
  return { code: await ended, text: lines.join('\n') }
}

/** Sends a document to a hub that a program runs, and hands back its data. */
export async function askProgram(url: string, token: string, query: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data: Record<string, unknown> }
  return data
}

/** @throws when `dist` is missing or older than a source that it was built from. */
export async function requireBuild(): Promise<void> {
  await requireNewer(MAIN, 'src', (name) => name.endsWith('.ts') && !NOT_BUILT.test(name))
  await requireNewer(PAGES, 'web', (name) => /\.(tsx?|css|html|svg)$/.test(name) && !NOT_IN_PAGES.test(name))
}

async function requireNewer(built: string, folder: string, isSource: (name: string) => boolean): Promise<void> {
  const builtAt = await modifiedAt(built)
  const names = (await readdir(folder, { recursive: true })).filter(isSource)
  const times = await Promise.all(names.map(async (name) => ({ name, at: await modifiedAt(path.join(folder, name)) })))
  const newer = times.find(({ at }) => at > builtAt)
  if (newer) {
    const what = builtAt === 0 ? 'missing' : `older than ${folder}/${newer.name}`
    throw new Error(`dist/ is ${what}: run npm run build first.`)
  }
}

async function modifiedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
