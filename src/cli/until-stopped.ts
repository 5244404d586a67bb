import { systemClock, type Clock } from '../clock.js'
import { waitAtMost } from '../http/wait-at-most.js'
import { STOP_MS } from '../limits.js'
import type { CliHost, StopSignal } from './cli-host.js'

export interface Running {
  close(): Promise<void>
  /** Resolves when it ends by itself; left out if it never does. */
  ended?: Promise<void>
}

export interface StopOptions {
  /** SIGINT and SIGTERM by default. */
  signals?: readonly StopSignal[]
  clock?: Clock
  /** Reports the unexpected: a bug, or what hung during the stop. */
  tellCrash(error: unknown, what: string): void
  /** How long it may take to stop after a crash. */
  crashedStopMs?: number
}

/** Without SIGHUP: a hub started with nohup goes on. */
const STOP_SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM']

/** npm passes on the Ctrl-C that the terminal has already sent to the program: one key, two signals. */
const ECHO_MS = 500

/** The hub's own limit, and a little more for whatever runs beside it. */
const CRASHED_STOP_MS = STOP_MS + 2_000

/** A stop aborts a start and waits for it, a second one exits at once. An uncaught error also stops, with code 1. */
export async function untilStopped(
  host: CliHost,
  start: (stopping: AbortSignal) => Promise<Running>,
  options: StopOptions,
): Promise<void> {
  const stopping = new AbortController()
  const { signals = STOP_SIGNALS, clock = systemClock, tellCrash, crashedStopMs = CRASHED_STOP_MS } = options
  let first: { signal: StopSignal; at: number } | null = null
  let isStarted = false
  let hasCrashed = false
  let askToStop = () => {}
  const asked = new Promise<void>((resolve) => {
    askToStop = resolve
  })
  const forgetSignals = host.onSignal(signals, (signal) => {
    if (first === null) {
      first = { signal, at: clock.now() }
      if (!isStarted) host.err('Stopping as soon as it has started. Ask again to stop at once.')
      stopping.abort()
      askToStop()
    } else if (signal !== first.signal || clock.now() - first.at > ECHO_MS) host.leaveNow()
  })
  const run = async () => {
    const running = await start(stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted || error !== stopping.signal.reason) throw error
      return null
    })
    if (running === null) return
    isStarted = true
    await Promise.race(running.ended === undefined ? [asked] : [asked, running.ended])
    await running.close().catch((error: unknown) => {
      tellCrash(error, 'it did not stop properly')
      // What hangs would keep the process alive.
      host.leaveNow()
    })
  }
  const leaveCrashed = async (running: Promise<void>) => {
    await waitAtMost(
      crashedStopMs,
      running.catch((error: unknown) => tellCrash(error, 'it could not go on')),
    )
    host.leaveNow()
  }
  const running = run()
  const forgetCrashes = host.onCrash((error) => {
    tellCrash(error, 'unexpected error: stopping')
    if (hasCrashed) return
    hasCrashed = true
    askToStop()
    void leaveCrashed(running)
  })
  try {
    await running
  } finally {
    forgetSignals()
    forgetCrashes()
  }
}
