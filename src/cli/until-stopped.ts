import { systemClock, type Clock } from '../clock.js'
import type { CliHost, StopSignal } from './cli-host.js'

/** Something that runs until it is told to stop. */
export interface Running {
  /** Stops in good order. */
  close(): Promise<void>
  /** Resolves when it has come to its own end; left out by what has none. */
  ended?: Promise<void>
}

/** What asks a program to stop. A hang-up is not among them: a hub started with nohup goes on. */
const STOP_SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM']

/** npm passes on the Ctrl-C that the terminal has sent to the program already: one key, two signals. */
const ECHO_MS = 500

/**
 * Starts something and runs it until its own end or a request to stop, and then closes it.
 * A request during the start waits for its end; a second request leaves at once.
 */
export async function untilStopped(
  host: CliHost,
  start: () => Promise<Running>,
  signals: readonly StopSignal[] = STOP_SIGNALS,
  clock: Clock = systemClock,
): Promise<void> {
  let first: { signal: StopSignal; at: number } | null = null
  let isStarted = false
  let askToStop = () => {}
  const asked = new Promise<void>((resolve) => {
    askToStop = resolve
  })
  const forget = host.onSignal(signals, (signal) => {
    if (first === null) {
      first = { signal, at: clock.now() }
      if (!isStarted) host.err('Stopping as soon as it has started. Once more ends at once.')
      askToStop()
    } else if (signal !== first.signal || clock.now() - first.at > ECHO_MS) host.leaveNow()
  })
  try {
    const running = await start()
    isStarted = true
    await Promise.race(running.ended === undefined ? [asked] : [asked, running.ended])
    await running.close()
  } finally {
    forget()
  }
}
