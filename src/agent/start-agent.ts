import type { MachineClock } from '../clock.js'
import type { KeyPair } from '../protocol/sign-statement.js'
import type { ReportEvent } from './agent-event.js'
import type { AgentSettings } from './agent-settings.js'
import { AGENT_VERSION, userAgent } from './agent-version.js'
import { trustAuthorities } from './check/trust-authorities.js'
import { createHubClock } from './link/hub-clock.js'
import type { HubClock } from './link/hub-clock.js'
import { joinHub } from './link/join-hub.js'
import type { JoinParts } from './link/join-hub.js'
import { SOCKET_PATIENCE } from './link/open-hub-socket.js'
import type { HubTask, SocketPatience } from './link/open-hub-socket.js'
import { readBalance } from './link/read-balance.js'
import { reportAbstentions } from './link/report-abstentions.js'
import { createSubmitter } from './link/submit-answers.js'
import { checksBorne } from './machine/open-files.js'
import { createPlaces } from './machine/places.js'
import { watchStalls } from './machine/stall-watch.js'
import type { StallWatch } from './machine/stall-watch.js'
import { stopOnce } from './stop-once.js'
import { createVantage } from './vantage/vantage.js'
import { createTaskCheck } from './work/check-task.js'
import { hubReason } from './work/hub-reason.js'
import { makeAnswer } from './work/make-answer.js'
import { readTask } from './work/read-task.js'
import type { Task } from './work/read-task.js'
import { createTaskRunner } from './work/run-tasks.js'
import { signBatch } from './work/sign-batch.js'
import { tallyRounds } from './work/tally-rounds.js'

export interface AgentParts {
  clock: MachineClock
  keys: KeyPair
  report: ReportEvent
  random?: () => number
  patience?: SocketPatience
  /** How the hub's name is looked up, and whose word on its certificate is taken; by default as this machine does. */
  link?: Pick<JoinParts<Task>, 'resolveHost' | 'trust'>
  /** By default of this process. */
  stalls?: StallWatch
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
  tellStarted(settings, parts)
  const clock = createHubClock(parts.clock)
  const tally = tallyRounds(clock, report, () => readBalance(connection.socket()))
  const mail = {
    clock,
    random,
    socket: () => connection.socket(),
    more: () => (runner.isIdle() ? ('NONE' as const) : ('EXPECTED' as const)),
  }
  const submitter = createSubmitter({
    ...mail,
    sign: (answers) => signBatch(settings.hub, keys, answers),
    onSettled: (answer, outcome) => tally.settled(answer, outcome),
  })
  const abstentions = reportAbstentions(mail)
  const nudge = () => {
    submitter.nudge()
    abstentions.nudge()
  }
  const { vantage, ...checks } = prepareChecks(settings, parts, clock, () => denyList.hosts())
  const runner = createTaskRunner({
    clock,
    ...checks,
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
  const { connection, ready, denyList, ...membership } = joinHub({
    ...settings,
    ...parts.link,
    patience: parts.patience ?? SOCKET_PATIENCE,
    keys,
    machine: parts.clock,
    clock,
    report,
    random,
    userAgent: userAgentOf(settings),
    onConnected: nudge,
    readTasks: (hubTasks) => readTasks(hubTasks, report),
    onTasks: (tasks) => runner.accept(tasks),
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
    for (const part of [submitter, abstentions, vantage]) part.close()
    await membership.leave()
    await tally.close()
  }
  return { publicKey, ready, ...stopOnce({ finishWork, leave, report }) }
}

function tellStarted({ hub, proxy }: AgentSettings, { keys: { publicKey }, report }: AgentParts): void {
  report({ event: 'STARTED', publicKey, hub, proxy: proxy?.origin ?? null, agentVersion: AGENT_VERSION })
}

/** What the checks need, and what judges whether this machine could make them. */
function prepareChecks(
  settings: AgentSettings,
  { clock, report, stalls = watchStalls() }: AgentParts,
  hubClock: HubClock,
  hubDeniedHosts: () => ReadonlySet<string>,
) {
  const userAgent = userAgentOf(settings)
  const places = createPlaces({ wanted: settings.concurrency, readBorne: checksBorne, report })
  const vantage = createVantage({ beacons: settings.beacons, policy: settings, userAgent, report })
  const check = createTaskCheck({
    policy: () => ({ ...settings, hubDeniedHosts: hubDeniedHosts() }),
    options: { userAgent, trust: trustAuthorities([]) },
    clock,
    hubClock,
    stalls,
    places,
    vantage,
  })
  return { places: () => places.count(), check, vantage }
}

function readTasks(hubTasks: readonly HubTask[], report: ReportEvent): Task[] {
  const tasks = hubTasks.map(readTask).filter((task) => task !== null)
  const malformedCount = hubTasks.length - tasks.length
  if (malformedCount > 0) report({ event: 'TASKS_MALFORMED', count: malformedCount })
  return tasks
}

/** Whose website is checked unasked finds the hub at least. */
function userAgentOf({ complaintsUrl, hub }: AgentSettings): string {
  return userAgent(complaintsUrl ?? hub)
}
