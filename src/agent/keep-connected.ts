import type { Clock } from '../clock.js'
import { backOffMs } from './back-off.js'
import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'
import { openSocket } from './open-socket.js'
import type { HubSocket, HubTask, SocketPatience } from './open-socket.js'
import type { Session } from './sign-up.js'
import type { SessionHolder } from './hold-session.js'

/** A connection that lasted this long, in milliseconds, was a success: the next fault is the first again. */
const STABLE_AFTER_MS = 10_000

export interface ConnectionParts {
  clock: Clock
  random: () => number
  hub: string
  userAgent: string
  patience: SocketPatience
  sessions: SessionHolder
  onConnected(session: Session, socket: HubSocket): void
  onDisconnected(fault: HubFault, retryInMs: number): void
  onTasks: (tasks: HubTask[]) => void
}

/** What joins the agent to its hub, over one socket after another. */
export interface Connection {
  /** The socket that the hub has taken; `null` while there is none. */
  socket(): HubSocket | null
  /** From now on the hub sends no tasks, over no socket. */
  stopTasks(): void
  close(): Promise<void>
}

/** Keeps the agent connected, for ever, until it is closed. Nothing that the hub or the network does ends it. */
export function keepConnected(parts: ConnectionParts): Connection {
  const { clock, sessions } = parts
  let opened: HubSocket | null = null
  let accepted: HubSocket | null = null
  let takesTasks = true
  let isClosed = false
  let wake = () => {}
  let attempt = 0

  async function connect(): Promise<HubFault> {
    const outcome = await sessions.take()
    if (outcome.kind === 'fault') return outcome.fault
    if (isClosed) return CLOSED
    let acceptedAt: number | null = null
    const socket = openSocket({
      ...parts,
      token: outcome.session.token,
      onOpen() {
        acceptedAt = clock.now()
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
    if (acceptedAt !== null && clock.now() - acceptedAt >= STABLE_AFTER_MS) attempt = 0
    return fault
  }

  async function run(): Promise<void> {
    for (;;) {
      const fault = await connect()
      if (isClosed) return
      const waitMs = backOffMs(fault, attempt, parts.random())
      attempt += 1
      parts.onDisconnected(fault, waitMs)
      await pause(waitMs)
      if (isClosed) return
    }
  }
  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.at(clock.now() + milliseconds, resolve)
      wake = () => {
        cancel()
        resolve()
      }
    })
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
      wake()
      await finished
    },
  }
}

const CLOSED = hubFault('UNREACHABLE', 'This validator is closed.')
