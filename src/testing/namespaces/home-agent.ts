import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { AgentEvent } from '../../agent/agent-event.js'
import { BEACONS } from './addresses.js'
import { runScript } from './run-script.js'
import type { SmallInternet } from './small-internet.js'
import type { Home } from './topology.js'

/** A validator as a program on the machine of a home. */
export interface HomeAgent {
  home: Home
  label: string
  pid: number
  events: AgentEvent[]
  /** What it printed that is no event. */
  words: string[]
  /** Sets the clock of its machine, while it runs. */
  setClock(aheadMs: number): Promise<void>
  close(): Promise<void>
}

export interface HomeAgentOptions {
  /** A command that becomes the one it is given, as `env` does. */
  within?: readonly string[]
  env?: Record<string, string>
  /** One of its own can be set; reading it costs more. */
  clock?: 'OWN' | 'SHARED'
}

const MAIN = path.resolve('dist/cli/main.js')

export async function startHomeAgent(
  { folder }: SmallInternet,
  home: Home,
  hub: string,
  { within = [], env = {}, clock = 'SHARED' }: HomeAgentOptions = {},
): Promise<HomeAgent> {
  const label = `home ${home.number}`
  const cwd = path.join(folder, `home${home.number}`)
  const clockFile = path.join(cwd, 'clock')
  await mkdir(cwd)
  const setClock = (aheadMs: number) => writeFile(clockFile, `${aheadMs < 0 ? '' : '+'}${aheadMs / 1_000}`)
  await setClock(0)
  const command = [...within, process.execPath, MAIN, 'validator', '--json', '--hub', hub, '--label', label]
  const child = spawn('ip', ['netns', 'exec', home.machine, ...command], {
    cwd,
    env: {
      // eslint-disable-next-line node/no-process-env -- a process that is started needs a path
      PATH: process.env['PATH'] ?? '',
      HOME: cwd,
      NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
      OVERLAPS_BEACONS: BEACONS,
      ...(clock === 'OWN' && { ...(await fakedTime()), FAKETIME_TIMESTAMP_FILE: clockFile }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { events, words } = listen(child)
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()))
  return {
    home,
    label,
    pid: child.pid ?? 0,
    events,
    words,
    setClock,
    async close() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The steady clock goes on by itself: only the wall clock is ever set. */
async function fakedTime(): Promise<Record<string, string>> {
  const library = await runScript('ls /usr/lib/*/faketime/libfaketimeMT.so.1')
  return { LD_PRELOAD: library.trim(), FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' }
}

function listen({ stdout, stderr }: ChildProcess): { events: AgentEvent[]; words: string[] } {
  const events: AgentEvent[] = []
  const words: string[] = []
  for (const input of [stdout, stderr]) {
    if (input === null) continue
    createInterface({ input }).on('line', (line) => {
      try {
        events.push(JSON.parse(line) as AgentEvent)
      } catch {
        words.push(line)
      }
    })
  }
  return { events, words }
}
