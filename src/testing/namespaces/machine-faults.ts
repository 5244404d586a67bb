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
    begins: 'MID_ROUND',
    lastsMs: 8_000,
    reason: null,
    takes: 'SOME',
  },
  {
    name: 'stopped for 2 s',
    when: 'FULL',
    begin: signals('SIGSTOP'),
    end: signals('SIGCONT'),
    begins: 'MID_ROUND',
    lastsMs: 2_000,
    reason: null,
    takes: 'SOME',
  },
  { name: '3 % of a CPU', when: 'CI', ...starved(3), reason: null, takes: 'SOME' },
  { name: '10 % of a CPU', when: 'CI', ...starved(10), reason: null, takes: 'SOME' },
]

/** For very many websites. */
export const FEW_FILES: Fault = {
  name: '64 files',
  when: 'CI',
  begin: files('64'),
  end: files('1024'),
  reason: 'LOCAL_LIMIT',
  takes: 'SOME',
}

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const STEPS = (
  [
    ['20 s', 20 * SECOND_MS],
    ['an hour', HOUR_MS],
    ['a day', 24 * HOUR_MS],
  ] as const
).flatMap(([words, ms]) => [
  { words: `forth by ${words}`, ms },
  { words: `back by ${words}`, ms: -ms },
])

/** Which of two clocks is right nobody knows that sees both. */
const doubt = (ms: number): Pick<Fault, 'reason' | 'takes'> =>
  Math.abs(ms) > 60 * SECOND_MS ? { reason: 'CLOCK_OFF', takes: ['CLOCK'] } : { reason: null, takes: [] }

/** Steps of the validator's own clock. */
export const OWN_CLOCK_FAULTS: readonly Fault[] = STEPS.map(({ words, ms }) => ({
  name: `own clock ${words}`,
  when: Math.abs(ms) === HOUR_MS ? 'CI' : 'FULL',
  begin: ({ agent }) => agent.setClock(ms),
  end: ({ agent }) => agent.setClock(0),
  ...doubt(ms),
}))

/** Steps of the hub's. It never goes back while it runs, so that those move nothing. */
export const HUB_CLOCK_FAULTS: readonly Fault[] = STEPS.map(({ words, ms }) => ({
  name: `hub's clock ${words}`,
  when: ms === HOUR_MS ? 'CI' : 'FULL',
  begin: async ({ hub }) => hub.clock.step(ms),
  end: async () => undefined,
  stays: true,
  ...doubt(Math.max(0, ms)),
}))
