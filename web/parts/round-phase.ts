/** What the hub said about its rounds; instants are Unix milliseconds of its clock. */
export interface Schedule {
  /** By how much the hub's clock is ahead of this browser's. */
  aheadMs: number
  nextRoundAt: number | null
  current: { roundAt: number; deadlineAt: number } | null
}

interface Told {
  now: string
  schedule: { nextRoundAt: string | null; current: { roundAt: string; deadlineAt: string } | null }
}

/** @param heardAt when this browser heard it. */
export function readSchedule({ now, schedule: { nextRoundAt, current } }: Told, heardAt: number): Schedule {
  return {
    aheadMs: Date.parse(now) - heardAt,
    nextRoundAt: nextRoundAt === null ? null : Date.parse(nextRoundAt),
    current: current && { roundAt: Date.parse(current.roundAt), deadlineAt: Date.parse(current.deadlineAt) },
  }
}

/** Where a round is: waited for, asked until its deadline, then decided. `seconds` are left, and never less than 1. */
export type Phase = { kind: 'WAITING' | 'ASKED'; seconds: number } | { kind: 'DECIDING' | 'DUE' }

/**
 * @param since when the website was there to be asked: a round that had begun by then leaves it out.
 * @param now by the hub's clock.
 */
export function phaseOf({ nextRoundAt, current }: Schedule, since: number, now: number): Phase {
  const isAsked = current !== null && since <= current.roundAt
  if (isAsked && now < current.deadlineAt) return { kind: 'ASKED', seconds: secondsUntil(current.deadlineAt, now) }
  if (nextRoundAt === null || now >= nextRoundAt) return { kind: 'DUE' }
  if (isAsked) return { kind: 'DECIDING' }
  return { kind: 'WAITING', seconds: secondsUntil(nextRoundAt, now) }
}

/** In how many milliseconds the hub has something new to say; null when that is not known. */
export function staleIn({ aheadMs, nextRoundAt, current }: Schedule, here: number): number | null {
  const now = here + aheadMs
  const later = [nextRoundAt, current?.deadlineAt ?? null].flatMap((at) => (at !== null && at > now ? [at - now] : []))
  return later.length === 0 ? null : Math.min(...later)
}

/** Whether a round that was due is not there yet, which lasts a moment. */
export function isLate(before: Schedule | null, { current, nextRoundAt }: Schedule): boolean {
  const due = before?.nextRoundAt ?? null
  if (due === null || due === nextRoundAt) return false
  return (current?.roundAt ?? 0) < due
}

function secondsUntil(at: number, now: number): number {
  return Math.max(1, Math.ceil((at - now) / 1000))
}
