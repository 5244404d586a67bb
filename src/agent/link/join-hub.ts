import { setMaxListeners } from 'node:events'
import type { SecureContext } from 'node:tls'

import type { MachineClock } from '../../clock.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import type { KeyPair } from '../../protocol/sign-statement.js'
import type { ReportEvent } from '../agent-event.js'
import { followHubTime } from './follow-hub-time.js'
import type { RoundTimes } from './follow-hub-time.js'
import { holdSession } from './hold-session.js'
import type { HubClock } from './hub-clock.js'
import { followHubDenyList } from './hub-deny-list.js'
import type { HubDenyList } from './hub-deny-list.js'
import { keepConnected } from './keep-connected.js'
import type { Connection } from './keep-connected.js'
import { noticeTakeover } from './notice-takeover.js'
import type { HubSocket, HubTask, SocketPatience } from './open-hub-socket.js'
import { roadToHub } from './open-hub.js'
import type { HubProxy } from './proxy/hub-proxy.js'
import { readBalance } from './read-balance.js'
import { signUp } from './sign-up.js'
import type { SelfDescription, Session } from './sign-up.js'
import { watchMachineClock } from './watch-machine-clock.js'

export interface JoinParts<Task extends RoundTimes> {
  hub: string
  proxy: HubProxy | null
  self: SelfDescription
  userAgent: string
  keys: KeyPair
  machine: MachineClock
  clock: HubClock
  report: ReportEvent
  random: () => number
  patience: SocketPatience
  resolveHost?: HostResolver
  trust?: SecureContext
  onConnected(): void
  /** Those that can be read. */
  readTasks(tasks: readonly HubTask[]): Task[]
  onTasks(tasks: readonly Task[]): void
}

export interface HubMembership {
  connection: Connection
  denyList: HubDenyList
  /** Resolves when the hub has taken the first subscription to tasks. */
  ready: Promise<void>
  leave(): Promise<void>
}

/** Signs up and stays connected until it leaves. The hub's clock is kept right by all that the hub says. */
export function joinHub<Task extends RoundTimes>(parts: JoinParts<Task>): HubMembership {
  const { machine, clock, report } = parts
  const leaving = new AbortController()
  // Each call listens; Node would warn of a leak at the eleventh.
  setMaxListeners(0, leaving.signal)
  const call = { hub: parts.hub, userAgent: parts.userAgent, open: roadToHub(parts), signal: leaving.signal }
  const machineClock = watchMachineClock(clock, report)
  const hubTime = followHubTime(clock, machine, () => machineClock.tell())
  const takeover = noticeTakeover(machine, report)
  const denyList = followHubDenyList(call, { clock: machine, report })
  const sessions = holdSession(clock, async () => {
    const outcome = await signUp(call, { clock: machine, keys: parts.keys, self: parts.self })
    if (outcome.kind === 'session') {
      clock.learn(outcome.session.reading)
      machineClock.tell()
    }
    return outcome
  })
  const tellClock = async () => {
    const socket = connection.socket()
    if (socket !== null) await hubTime.ask(socket)
    machineClock.tell()
  }
  let tellReady = () => {}
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve
  })
  const connection = keepConnected({
    ...call,
    clock: machine,
    random: parts.random,
    patience: parts.patience,
    sessions,
    onConnected(session, socket) {
      void hubTime.ask(socket)
      parts.onConnected()
      denyList.follow()
      void takeover.begin(socket)
      void tellConnected(session, socket, report).then(tellReady)
    },
    onDisconnected({ kind, message, code }, retryInMs) {
      denyList.rest()
      takeover.rest()
      report({ event: 'DISCONNECTED', fault: kind, code, message, retryInMs })
    },
    onTasks(hubTasks) {
      takeover.hadTasks()
      const tasks = parts.readTasks(hubTasks)
      const fitting = hubTime.fit(tasks, connection.socket())
      if (fitting === null) parts.onTasks(tasks)
      else void fitting.then(() => parts.onTasks(tasks))
      if (machineClock.hasNews()) void tellClock()
    },
  })
  return {
    connection,
    denyList,
    ready,
    async leave() {
      sessions.close()
      denyList.rest()
      takeover.rest()
      leaving.abort()
      await connection.close()
    },
  }
}

/** Answered after the subscription before it: from then on no round is missed. */
async function tellConnected({ validatorId, ...session }: Session, socket: HubSocket, report: ReportEvent) {
  const pendingPayouts = (await readBalance(socket)) ?? session.pendingPayouts
  if (socket.isOpen()) report({ event: 'CONNECTED', validatorId, pendingPayouts })
}
