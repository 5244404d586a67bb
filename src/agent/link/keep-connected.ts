import type { Clock, MachineClock } from '../../clock.js'
import { backOffMs } from './back-off.js'
import { hubFault } from './hub-fault.js'
import type { HubFault, HubFaultKind } from './hub-fault.js'
import { openSocket } from './open-hub-socket.js'
import type { HubSocket, HubTask, SocketPatience } from './open-hub-socket.js'
import type { OpenHub } from './open-hub.js'
import type { Session } from './sign-up.js'
import type { SessionHolder } from './hold-session.js'

/** A connection that lasted this long was a success. */
const STABLE_AFTER_MS = 10_000

export interface ConnectionParts {
  clock: MachineClock
  random: () => number
  hub: string
  userAgent: string
  open: OpenHub
  patience: SocketPatience
  sessions: SessionHolder
  onConnected(session: Session, socket: HubSocket): void
  onDisconnected(fault: HubFault, retryInMs: number): void
  onTasks: (tasks: HubTask[]) => void
}

export interface Connection {
  socket(): HubSocket | null
  stopTasks(): void
  close(): Promise<void>
}

/** Keeps the agent connected until it is closed, whatever the hub or the network does. */
export function keepConnected(parts: ConnectionParts): Connection {
  const { clock, sessions } = parts
  let opened: HubSocket | null = null
  let accepted: HubSocket | null = null
  let takesTasks = true
  let isClosed = false
  let pause: Pause | null = null
  /** By kind: a long outage must not slow down the answer to what follows it. */
  const attempts = new Map<HubFaultKind, number>()

  async function connect(): Promise<HubFault> {
    const outcome = await sessions.take()
    if (outcome.kind === 'fault') return outcome.fault
    if (isClosed) return CLOSED
    let acceptedAt: number | null = null
    const socket = openSocket({
      ...parts,
      token: outcome.session.token,
      onOpen() {
        acceptedAt = clock.elapsedMs()
        accepted = socket
        if (takesTasks) socket.takeTasks()
        parts.onConnected(outcome.session, socket)
      },
    })
    opened = socket
    const fault = await socket.ended
    opened = null
    accepted = null
    if (fault.kind === 'SESSION_ENDED') sessions.drop()
    if (acceptedAt !== null && clock.elapsedMs() - acceptedAt >= STABLE_AFTER_MS) attempts.clear()
    return fault
  }

  async function run(): Promise<void> {
    for (;;) {
      const fault = await connect()
      if (isClosed) return
      const attempt = attempts.get(fault.kind) ?? 0
      attempts.set(fault.kind, attempt + 1)
      const waitMs = backOffMs(fault, attempt, parts.random())
      parts.onDisconnected(fault, waitMs)
      pause = startPause(clock, waitMs)
      await pause.over
      if (isClosed) return
    }
  }
  const finished = run()
  return {
    socket: () => (accepted?.isOpen() === true ? accepted : null),
    stopTasks() {
      takesTasks = false
      accepted?.stopTasks()
    },
    async close() {
      isClosed = true
      opened?.close()
      pause?.end()
      await finished
    },
  }
}

const CLOSED = hubFault('UNREACHABLE', 'This validator is closed.')

interface Pause {
  over: Promise<void>
  end(): void
}

function startPause(clock: Clock, milliseconds: number): Pause {
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    const cancel = clock.at(clock.now() + milliseconds, resolve)
    end = () => {
      cancel()
      resolve()
    }
  })
  return { over, end }
}
