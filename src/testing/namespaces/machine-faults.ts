import { spawn } from 'node:child_process'
import type { Fault, Scene } from './fault.js'
import { runScript } from './run-script.js'

/** What befalls the machine that a validator runs on. */

/** With no more than so much of one processor. */
function starved(percent: number): Pick<Fault, 'begin' | 'end'> {
  const limiters = new Map<number, ReturnType<typeof spawn>>()
  return {
    async begin({ agent: { pid } }) {
      limiters.set(pid, spawn('cpulimit', ['-p', `${pid}`, '-l', `${percent}`], { stdio: 'ignore' }))
    },
    async end({ agent: { pid } }) {
      const limiter = limiters.get(pid)
      const ended = new Promise((resolve) => limiter?.once('exit', resolve))
      limiter?.kill('SIGINT')
      await ended
      process.kill(pid, 'SIGCONT')
    },
  }
}

const signals =
  (name: NodeJS.Signals) =>
  async ({ agent }: Scene) =>
    process.kill(agent.pid, name)

const files = (soft: string) => (scene: Scene) => runScript(`prlimit --pid ${scene.agent.pid} --nofile=${soft}:`)

export const MACHINE_FAULTS: readonly Fault[] = [
  {
    name: 'stopped for 8 s',
    when: 'CI',
    begin: signals('SIGSTOP'),
    end: signals('SIGCONT'),
    lastsMs: 8_000,
    reason: null,
    takes: 'SOME',
  },
  {
    name: 'stopped for 2 s',
    when: 'FULL',
    begin: signals('SIGSTOP'),
    end: signals('SIGCONT'),
    lastsMs: 2_000,
    reason: null,
    takes: 'SOME',
  },
  { name: '3 % of a CPU', when: 'CI', ...starved(3), reason: null, takes: 'SOME' },
  { name: '10 % of a CPU', when: 'CI', ...starved(10), reason: null, takes: 'SOME' },
  { name: 'few files', when: 'FULL', begin: files('32'), end: files('1024'), reason: 'LOCAL_LIMIT', takes: 'SOME' },
]

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const STEPS = [
  ['20 s', 20 * SECOND_MS],
  ['an hour', HOUR_MS],
  ['a day', 24 * HOUR_MS],
] as const

/** Steps of the validator's own clock. */
export const CLOCK_FAULTS: readonly Fault[] = STEPS.flatMap(([words, ms]) =>
  (['forth', 'back'] as const).map((direction): Fault => ({
    name: `own clock ${direction} by ${words}`,
    when: words === 'an hour' ? 'CI' : 'FULL',
    begin: ({ agent }) => agent.setClock(direction === 'forth' ? ms : -ms),
    end: ({ agent }) => agent.setClock(0),
    reason: ms > 60 * SECOND_MS ? 'CLOCK_OFF' : null,
    takes: ms > 60 * SECOND_MS ? ['CLOCK'] : [],
  })),
)
