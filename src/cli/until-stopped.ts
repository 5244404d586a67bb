import { systemClock, type Clock } from '../clock.js'
import { waitAtMost } from '../http/wait-at-most.js'
import { STOP_MS } from '../limits.js'
import type { CliHost, StopSignal } from './cli-host.js'

/** Something that runs until it is told to stop. */
export interface Running {
  /** Stops in good order. */
  close(): Promise<void>
  /** Resolves when it has come to its own end; left out by what has none. */
  ended?: Promise<void>
}

export interface StopOptions {
  /** What asks it to stop; SIGINT and SIGTERM unless said otherwise. */
  signals?: readonly StopSignal[]
  clock?: Clock
  /** Writes down what has gone wrong where nobody expected it: a bug, or what hung when it was to stop. */
  tellCrash(error: unknown, what: string): void
  /** How long it may take to stop after a crash; then it is left as it is. */
  crashedStopMs?: number
}

/** What asks a program to stop. A hang-up is not among them: a hub started with nohup goes on. */
const STOP_SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM']

/** npm passes on the Ctrl-C that the terminal has sent to the program already: one key, two signals. */
const ECHO_MS = 500

/** A hub's own time, and a little more for what it is started together with. */
const CRASHED_STOP_MS = STOP_MS + 2_000

/**
 * Starts something and runs it until its own end or a request to stop, and then closes it. A request during the start
 * aborts the signal and waits for the start's end, whether it rejects with the signal's reason or not; a second request leaves at once. Whatever is thrown where nobody catches it is told, ends the run in
 * good order as far as that goes, and then the process with 1.
 */
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
      if (!isStarted) host.err('Stopping as soon as it has started. Once more ends at once.')
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
      tellCrash(error, 'it did not stop in good order')
      // What hangs would keep the process.
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
    tellCrash(error, 'this should never happen: it stops')
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
