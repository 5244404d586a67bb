import type { Clock } from '../../clock.js'
import { resolveByDns, systemResolver } from '../../dial/resolve-host.js'
import type { Abstained } from '../check/abstained.js'
import type { CheckOptions, CheckOutcome, Measured } from '../check/check-outcome.js'
import { runCheck } from '../check/run-check.js'
import type { TargetPolicy } from '../check/target-policy.js'
import type { HubClock } from '../link/hub-clock.js'
import { guardResolver } from '../machine/guard-resolver.js'
import { judgeMachine } from '../machine/judge-machine.js'
import { watchLimits } from '../machine/watch-limits.js'
import type { Places } from '../machine/places.js'
import type { StallWatch } from '../machine/stall-watch.js'
import type { CheckWatch, Vantage } from '../vantage/vantage.js'
import type { Task } from './read-task.js'
import { latestEnd } from './task-timing.js'

export type TaskOutcome = CheckOutcome | Abstained

/** Checks; resolves when that is over, to the way to judge what came of it, which may wait for evidence. */
export type TaskCheck = (task: Task, timeoutMs: number, signal: AbortSignal) => Promise<() => Promise<TaskOutcome>>

export interface TaskCheckParts {
  policy: () => TargetPolicy
  options: Pick<CheckOptions, 'userAgent' | 'trust'>
  clock: Pick<Clock, 'now'>
  hubClock: Pick<HubClock, 'now' | 'aheadMs'>
  stalls: StallWatch
  places: Places
  vantage: Vantage
}

/** A check, and whether it rests on a condition of this machine: its strain, its limits, its clock, its network. */
export function createTaskCheck(parts: TaskCheckParts): TaskCheck {
  const { options, clock, hubClock, places, stalls, vantage } = parts
  const byDns = guardResolver(resolveByDns(), places.isAtLimit)
  const bySystem = guardResolver(systemResolver, places.isAtLimit)

  return async (task, timeoutMs, signal) => {
    const { url, check } = task
    const policy = parts.policy()
    const watch = vantage.watch(task)
    const limits = watchLimits(watch.signs, places)
    const endStrain = stalls.begin()
    const outcome = await runCheck({ url, check, timeoutMs }, policy, {
      ...options,
      clock,
      signal,
      signs: limits.signs,
      resolveHost: policy.allowPrivateTargets ? bySystem : byDns,
    }).catch((fault: unknown) => {
      endStrain()
      watch.end()
      throw fault
    })
    const strain = endStrain()
    if (outcome.kind !== 'measured') {
      watch.end()
      return async () => outcome
    }
    const limit = limits.end(outcome.measurement)
    return async () => {
      try {
        const clocks = { now: clock.now(), hubAheadMs: hubClock.aheadMs() }
        const own = await judgeMachine(outcome, { check, timeoutMs, strain, limit, clocks })
        const until = performance.now() + latestEnd(task.deadlineAt) - hubClock.now()
        return own ?? (await judgeInTime(watch, outcome, until, signal))
      } finally {
        watch.end()
      }
    }
  }
}

/** Evidence is not waited for when the validator leaves at once. */
async function judgeInTime(
  watch: CheckWatch,
  outcome: Measured,
  until: number,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  if (signal.aborted) return { kind: 'aborted' }
  const judged = watch.judge(outcome, until)
  if (judged === null) return outcome
  let abort = () => {}
  const aborted = new Promise<TaskOutcome>((resolve) => {
    abort = () => resolve({ kind: 'aborted' })
    signal.addEventListener('abort', abort)
  })
  try {
    return await Promise.race([judged.then((own) => own ?? outcome), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
