import { Cron } from 'croner'
import { TASK_TIMEOUT_MARGIN_MS } from '../protocol/limits.js'
import { DAY_MS, MINUTE_MS } from '../time.js'

/** PROTOCOL §4: shares of the interval. */
const DEADLINE_MAX_MS = 45_000
const DEADLINE_SHARE = 3 / 4
const SPREAD_MAX_MS = 20_000
const SPREAD_SHARE = 1 / 3
/** The last to start needs the margin that the agent leaves and some time to check: with less it could never answer. */
const AFTER_SPREAD_MIN_MS = TASK_TIMEOUT_MARGIN_MS + 100
/** A website that is asked for more rarely is not watched; and the column holds 24 days. */
const INTERVAL_MAX_MS = 7 * DAY_MS
/** Rounds that are looked ahead for the shortest interval of an uneven pattern. */
const ROUNDS_LOOKED_AHEAD = 100

export interface RoundSettings {
  roundCron: string
  roundDeadlineMs: number | null
  roundSpreadMs: number | null
}

export interface RoundTimes {
  intervalMs: number
  deadlineAt: number
  spreadMs: number
}

export function roundTimes(settings: RoundSettings, roundAt: number, intervalMs: number): RoundTimes {
  const deadlineMs = settings.roundDeadlineMs ?? Math.min(DEADLINE_MAX_MS, Math.floor(intervalMs * DEADLINE_SHARE))
  const spreadMs = settings.roundSpreadMs ?? Math.min(SPREAD_MAX_MS, Math.floor(intervalMs * SPREAD_SHARE))
  return { intervalMs, deadlineAt: roundAt + deadlineMs, spreadMs }
}

/** A schedule in UTC, so that no clock change in spring skips a round. */
export function roundSchedule(pattern: string): Cron {
  return new Cron(pattern, { paused: true, timezone: 'UTC', mode: '5-or-6-parts' })
}

const LONE_INTERVAL_MS = MINUTE_MS

/** Milliseconds that a round stands for: to the next due one or, for one out of turn, what is usual about then. */
export function intervalOf(schedule: Cron, roundAt: number): number {
  const next = schedule.nextRun(new Date(roundAt))?.getTime()
  if (next === undefined) return LONE_INTERVAL_MS
  const inTurn = schedule.nextRun(new Date(roundAt - 1))?.getTime() === roundAt
  if (inTurn) return next - roundAt
  const afterNext = schedule.nextRun(new Date(next))?.getTime()
  return afterNext === undefined ? LONE_INTERVAL_MS : afterNext - next
}

/** What makes these settings impossible, each fault in one sentence with the setting's name; empty when nothing does. */
export function findRoundFaults(settings: RoundSettings): string[] {
  let schedule: Cron
  try {
    schedule = roundSchedule(settings.roundCron)
  } catch {
    return [
      `OVERLAPS_ROUND_CRON: expected a cron expression of 5 or 6 fields, such as "* * * * *", not "${settings.roundCron}"`,
    ]
  }
  const intervals = intervalsAhead(schedule)
  if (intervals.length === 0) return [`OVERLAPS_ROUND_CRON: "${settings.roundCron}" never comes due twice`]
  if (Math.max(...intervals) > INTERVAL_MAX_MS) {
    return [`OVERLAPS_ROUND_CRON: expected a round at least every seven days, not "${settings.roundCron}"`]
  }
  const shortest = Math.min(...intervals)
  const { deadlineAt: deadlineMs, spreadMs } = roundTimes(settings, 0, shortest)
  const faults: string[] = []
  if (deadlineMs >= shortest) {
    faults.push(
      `OVERLAPS_ROUND_DEADLINE_MS: expected less than the shortest interval of the rounds (${shortest}), not ${deadlineMs}`,
    )
  }
  if (spreadMs > deadlineMs - AFTER_SPREAD_MIN_MS) {
    faults.push(
      `OVERLAPS_ROUND_SPREAD_MS: expected at least ${AFTER_SPREAD_MIN_MS} less than the deadline (${deadlineMs}), so that the last to start can still answer, not ${spreadMs}`,
    )
  }
  return faults
}

function intervalsAhead(schedule: Cron): number[] {
  const runs = schedule.nextRuns(ROUNDS_LOOKED_AHEAD)
  return runs.slice(1).map((run, index) => run.getTime() - (runs[index]?.getTime() ?? 0))
}
