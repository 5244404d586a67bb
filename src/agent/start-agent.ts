import type { Clock, MachineClock } from '../clock.js'
import type { KeyPair } from '../protocol/sign-statement.js'
import type { ReportEvent } from './agent-event.js'
import type { AgentSettings } from './agent-settings.js'
import { AGENT_VERSION, userAgent } from './agent-version.js'
import { runCheck } from './check/run-check.js'
import { trustAuthorities } from './check/trust-authorities.js'
import { createHubClock } from './link/hub-clock.js'
import { joinHub } from './link/join-hub.js'
import type { JoinParts } from './link/join-hub.js'
import { makeAnswer } from './work/make-answer.js'
import { SOCKET_PATIENCE } from './link/open-hub-socket.js'
import type { SocketPatience } from './link/open-hub-socket.js'
import { createTaskRunner } from './work/run-tasks.js'
import type { TaskRunnerParts } from './work/run-tasks.js'
import { signBatch } from './work/sign-batch.js'
import { stopOnce } from './stop-once.js'
import { readBalance } from './link/read-balance.js'
import { createSubmitter } from './link/submit-answers.js'
import { tallyRounds } from './work/tally-rounds.js'
import { readTask } from './work/read-task.js'
import type { Task } from './work/read-task.js'

export interface AgentParts {
  clock: MachineClock
  keys: KeyPair
  report: ReportEvent
  random?: () => number
  patience?: SocketPatience
  /** How the hub's name is looked up, and whose word on its certificate is taken; by default as this machine does. */
  link?: Pick<JoinParts<Task>, 'resolveHost' | 'trust'>
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
  const runner = createTaskRunner({
    clock,
    concurrency: settings.concurrency,
    check: checkTask(settings, parts.clock, () => denyList.hosts()),
    onAccepted: (tasks) => tally.asked(tasks),
    onMeasured(task, measurement) {
      tally.measured(task, measurement)
      submitter.add(makeAnswer({ hub: settings.hub, validator: publicKey }, task, measurement))
    },
    onNoAnswer(task, reason, message) {
      tally.unanswered(task, reason, message)
      submitter.nudge()
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
    onConnected: () => submitter.nudge(),
    readTasks(hubTasks) {
      const tasks = hubTasks.map(readTask).filter((task) => task !== null)
      const malformedCount = hubTasks.length - tasks.length
      if (malformedCount > 0) report({ event: 'TASKS_MALFORMED', count: malformedCount })
      return tasks
    },
    onTasks: (tasks) => runner.accept(tasks),
  })

  async function finishWork(): Promise<void> {
    connection.stopTasks()
    await runner.drain()
    await submitter.drained()
    // While there is still a hub to ask for the balance.
    await tally.close()
  }
  async function leave(): Promise<void> {
    runner.abort()
    await runner.drain()
    submitter.close()
    await membership.leave()
    await tally.close()
  }
  const stop = stopOnce({ finishWork, leave, report })

  const proxy = settings.proxy?.origin ?? null
  report({ event: 'STARTED', publicKey, hub: settings.hub, proxy, agentVersion: AGENT_VERSION })
  return { publicKey, ready, ...stop }
}

function checkTask(
  settings: AgentSettings,
  clock: Clock,
  hubDeniedHosts: () => ReadonlySet<string>,
): TaskRunnerParts['check'] {
  const options = { userAgent: userAgentOf(settings), clock, trust: trustAuthorities([]) }
  return ({ url, check }, timeoutMs, signal) =>
    runCheck({ url, check, timeoutMs }, { ...settings, hubDeniedHosts: hubDeniedHosts() }, { ...options, signal })
}

/** Whose website is checked unasked finds the hub at least. */
function userAgentOf({ complaintsUrl, hub }: AgentSettings): string {
  return userAgent(complaintsUrl ?? hub)
}
