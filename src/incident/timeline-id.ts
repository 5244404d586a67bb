import { v7 as uuid } from 'uuid'

const AFTER_ROUNDS = 0xff_ff_ff_ff

/** Sorts by the time of writing, then by the round that is being closed; what people do (null) comes last. */
export function timelineId(writtenAt: number, roundAt: number | null): string {
  return uuid({ msecs: writtenAt, seq: roundAt === null ? AFTER_ROUNDS : Math.floor(roundAt / 1000) })
}

/** At most any id made at `instant` or later. */
export function firstIdAt(instant: number): string {
  const milliseconds = instant.toString(16).padStart(12, '0')
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`
}
