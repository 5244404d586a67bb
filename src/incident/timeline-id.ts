import { v7 as uuid } from 'uuid'

/** Sorts behind every round. */
const AFTER_ROUNDS = 0xff_ff_ff_ff

/**
 * An id for an incident or an entry of a timeline. Such ids sort as they are read: by the instant of writing and, where
 * several rounds are closed in one millisecond, by the round.
 * @param roundAt the round that is being closed; null for what people do.
 */
export function timelineId(writtenAt: number, roundAt: number | null): string {
  return uuid({ msecs: writtenAt, seq: roundAt === null ? AFTER_ROUNDS : Math.floor(roundAt / 1000) })
}

/** Not greater than any id that was made at `instant` or later. */
export function firstIdAt(instant: number): string {
  const milliseconds = instant.toString(16).padStart(12, '0')
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`
}
