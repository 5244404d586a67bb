import type { Clock } from '../clock.js'
import type { KeyPair } from '../protocol/sign-statement.js'
import type { ReportEvent } from './agent-event.js'
import type { AgentSettings } from './agent-settings.js'
import { AGENT_VERSION, userAgent } from './agent-version.js'
import { trustAuthorities } from './check/trust-authorities.js'
import { createHubClock } from './link/hub-clock.js'
import type { HubClock } from './link/hub-clock.js'
import { followHubDenyList } from './link/hub-deny-list.js'
import { holdSession } from './link/hold-session.js'
import { keepConnected } from './link/keep-connected.js'
import { reportAbstentions } from './link/report-abstentions.js'
import { checksBorne } from './machine/open-files.js'
import { createPlaces } from './machine/places.js'
import { watchStalls } from './machine/stall-watch.js'
import { createTaskCheck } from './work/check-task.js'
import { hubReason } from './work/hub-reason.js'
import { makeAnswer } from './work/make-answer.js'
import { SOCKET_PATIENCE } from './link/open-hub-socket.js'
import type { HubSocket, HubTask, SocketPatience } from './link/open-hub-socket.js'
import { createTaskRunner } from './work/run-tasks.js'
import { signBatch } from './work/sign-batch.js'
import { signUp } from './link/sign-up.js'
import type { Session } from './link/sign-up.js'
import { stopOnce } from './stop-once.js'
import { readBalance } from './link/read-balance.js'
import { createSubmitter } from './link/submit-answers.js'
import { tallyRounds } from './work/tally-rounds.js'
import { readTask } from './work/read-task.js'
import { createVantage } from './vantage/vantage.js'

const CLOCK_OFF_MS = 5000

export interface AgentParts {
  clock: Clock
  keys: KeyPair
  report: ReportEvent
  random?: () => number
  patience?: SocketPatience
}

/** A validator at work. */
export interface Agent {
  publicKey: string
  /** Resolves when the hub has taken the first subscription to tasks. */
  ready: Promise<void>
  /** Takes no new tasks, finishes running checks, sends their answers and leaves. */
  close(): Promise<void>
  /** Drops everything and leaves; a `close` that still waits is released. */
  abort(): Promise<void>
}

/** Never gives up: whatever goes wrong is reported and tried again. */
export function startAgent(settings: AgentSettings, parts: AgentParts): Agent {
  const { keys, report, random = Math.random } = parts
  const { publicKey } = keys
  const clock = createHubClock(parts.clock)
  const tally = tallyRounds(clock, report, () => readBalance(connection.socket()))
  const submitter = createSubmitter({
    clock,
    random,
    sign: (answers) => signBatch(settings.hub, keys, answers),
    socket: () => connection.socket(),
    more: () => (runner.isIdle() ? 'NONE' : 'EXPECTED'),
    onSettled: (answer, outcome) => tally.settled(answer, outcome),
  })
  const abstentions = reportAbstentions({
    clock,
    random,
    socket: () => connection.socket(),
    more: () => (runner.isIdle() ? 'NONE' : 'EXPECTED'),
  })
  report({ event: 'STARTED', publicKey, hub: settings.hub, agentVersion: AGENT_VERSION })
  const places = createPlaces({ wanted: settings.concurrency, borne: checksBorne(), report })
  const userAgent = userAgentOf(settings)
  const vantage = createVantage({ beacons: settings.beacons, policy: settings, userAgent, report })
  const runner = createTaskRunner({
    clock,
    places: () => places.count(),
    check: createTaskCheck({
      policy: () => ({ ...settings, hubDeniedHosts: denyList.hosts() }),
      options: { userAgent, trust: trustAuthorities([]) },
      clock: parts.clock,
      hubClock: clock,
      stalls: watchStalls(),
      places,
      vantage,
    }),
    onAccepted: (tasks) => tally.asked(tasks),
    onMeasured(task, measurement) {
      tally.measured(task, measurement)
      submitter.add(makeAnswer({ hub: settings.hub, validator: publicKey }, task, measurement))
      abstentions.nudge()
    },
    onNoAnswer(task, reason, message) {
      tally.unanswered(task, reason, message)
      const told = hubReason(reason)
      if (told !== null) abstentions.add(task, told)
      nudge()
    },
  })
  const nudge = () => {
    submitter.nudge()
    abstentions.nudge()
  }
  const { connection, ready, disconnect, denyList } = connect(settings, parts, clock, {
    onConnected: nudge,
    onTasks(hubTasks) {
      const tasks = hubTasks.map(readTask).filter((task) => task !== null)
      const malformedCount = hubTasks.length - tasks.length
      if (malformedCount > 0) report({ event: 'TASKS_MALFORMED', count: malformedCount })
      runner.accept(tasks)
    },
  })

  async function finishWork(): Promise<void> {
    connection.stopTasks()
    await runner.drain()
    await Promise.all([submitter.drained(), abstentions.drained()])
    // While there is still a hub to ask for the balance.
    await tally.close()
  }
  async function leave(): Promise<void> {
    runner.abort()
    await runner.drain()
    submitter.close()
    abstentions.close()
    vantage.close()
    await disconnect()
    await tally.close()
  }
  const stop = stopOnce({ finishWork, leave, report })

  return { publicKey, ready, ...stop }
}

interface ConnectHooks {
  onConnected(): void
  onTasks(tasks: HubTask[]): void
}

function connect(settings: AgentSettings, parts: AgentParts, clock: HubClock, hooks: ConnectHooks) {
  const { report, keys, random = Math.random, patience = SOCKET_PATIENCE } = parts
  const leaving = new AbortController()
  const call = { hub: settings.hub, userAgent: userAgentOf(settings), signal: leaving.signal }
  const denyList = followHubDenyList(call, { clock: parts.clock, report })
  const sessions = holdSession(clock, async () => {
    const outcome = await signUp(call, { clock: parts.clock, keys, self: settings.self })
    if (outcome.kind === 'session') {
      const { hubAheadMs } = outcome.session
      clock.setAhead(hubAheadMs)
      if (Math.abs(hubAheadMs) > CLOCK_OFF_MS) report({ event: 'CLOCK_OFF', hubAheadMs })
    }
    return outcome
  })
  let tellReady = () => {}
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve
  })
  const connection = keepConnected({
    ...call,
    // The hub's may jump at a signup, and a wait is no instant of the hub's.
    clock: parts.clock,
    random,
    patience,
    sessions,
    onConnected(session, socket) {
      hooks.onConnected()
      denyList.follow()
      void tellConnected(session, socket, report).then(tellReady)
    },
    onDisconnected({ kind, message }, retryInMs) {
      denyList.rest()
      report({ event: 'DISCONNECTED', fault: kind, message, retryInMs })
    },
    onTasks: (tasks) => hooks.onTasks(tasks),
  })
  const disconnect = async () => {
    sessions.close()
    denyList.rest()
    leaving.abort()
    await connection.close()
  }
  return { connection, ready, disconnect, denyList }
}

/** Answered after the subscription before it: from then on no round is missed. */
async function tellConnected({ validatorId, ...session }: Session, socket: HubSocket, report: ReportEvent) {
  const pendingPayouts = (await readBalance(socket)) ?? session.pendingPayouts
  if (socket.isOpen()) report({ event: 'CONNECTED', validatorId, pendingPayouts })
}

/** Whose website is checked unasked finds the hub at least. */
function userAgentOf({ complaintsUrl, hub }: AgentSettings): string {
  return userAgent(complaintsUrl ?? hub)
}
