import { performance } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Parts } from '../parts.js'
import type { DropHold } from './hold-drops.js'
import type { SessionRegistry } from '../session/session-registry.js'

export interface Metrics {
  contentType: string
  text(): Promise<string>
  close(): void
}

const MICROSECONDS_PER_S = 1e6
const ROUND_CLOSE_BUCKETS_S = [0.01, 0.05, 0.1, 0.5, 1, 3, 10, 30]

/** Listens to the bus, so that no room knows of metrics. Labels never name a website, a validator or an address. */
export function createMetrics(
  parts: Pick<Parts, 'bus' | 'clock'> & { sessions: SessionRegistry; dropHold: Pick<DropHold, 'found'> },
): Metrics {
  const { bus, clock, sessions, dropHold } = parts
  const registers = [new Registry()]
  const answers = new Counter({
    name: 'overlaps_answers_total',
    help: 'Answers of validators, by outcome: ACCEPTED, or why they were refused.',
    labelNames: ['outcome'],
    registers,
  })
  const conflicts = addCounter(registers, 'overlaps_conflicting_answers_total', 'Second answers kept as evidence.')
  const rounds = addCounter(registers, 'overlaps_rounds_total', 'Rounds that were closed.')
  const leftOut = new Counter({
    name: 'overlaps_websites_left_out_total',
    help: 'Websites that were due in a round but not checked, because the budget of their host was used up.',
    registers,
  })
  const closing = new Histogram({
    name: 'overlaps_round_close_seconds',
    help: "From a round's deadline to the end of its closing, in seconds.",
    buckets: ROUND_CLOSE_BUCKETS_S,
    registers,
  })
  addGauge(registers, 'overlaps_sessions', 'Task subscriptions of validators.', () => sessions.count())
  addGauge(registers, 'overlaps_drops_held', '1 while nothing is dropped because the clock is in doubt.', () =>
    dropHold.found().isHeld ? 1 : 0,
  )
  addGauge(
    registers,
    'overlaps_networks_clock_offset_seconds',
    "How far validators' clocks were outside of the newest round after a jump of the hub's clock, in the middle of their networks.",
    () => (dropHold.found().offMs ?? 0) / 1000,
  )
  addProcessGauges(registers)
  const stops = [
    bus.subscribe('answersJudged', ({ accepted, refused }) => {
      answers.inc({ outcome: 'ACCEPTED' }, accepted)
      for (const [reason, count] of Object.entries(refused)) answers.inc({ outcome: reason }, count)
    }),
    bus.subscribe('conflictsKept', ({ count }) => conflicts.inc(count)),
    bus.subscribe('websitesLeftOut', ({ count }) => leftOut.inc(count)),
    bus.subscribe('roundEnded', ({ deadlineAt }) => {
      rounds.inc()
      closing.observe(Math.max(0, clock.now() - deadlineAt) / 1000)
    }),
  ]
  const [registry] = registers
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    text: async () => (await registry?.metrics()) ?? '',
    close() {
      for (const stop of stops) stop()
    },
  }
}

function addProcessGauges(registers: Registry[]): void {
  addGauge(registers, 'process_resident_memory_bytes', 'Memory in RAM, in bytes.', () => process.memoryUsage.rss())
  addGauge(
    registers,
    'nodejs_heap_used_bytes',
    'JavaScript heap in use, in bytes.',
    () => process.memoryUsage().heapUsed,
  )
  addGauge(registers, 'process_cpu_seconds_total', 'CPU time of user and system, in seconds.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / MICROSECONDS_PER_S
  })
  addGauge(
    registers,
    'process_start_time_seconds',
    'Start of the process, Unix seconds.',
    () => performance.timeOrigin / 1000,
  )
  let before = performance.eventLoopUtilization()
  addGauge(
    registers,
    'nodejs_eventloop_utilization',
    'Share of time that the event loop was busy since the last reading.',
    () => {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return utilization
    },
  )
}

function addCounter(registers: Registry[], name: string, help: string): Counter {
  return new Counter({ name, help, registers })
}

function addGauge(registers: Registry[], name: string, help: string, read: () => number): void {
  void new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read())
    },
  })
}
