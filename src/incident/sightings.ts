import type { FailureClass, WebsiteStatus } from '../protocol/tick.js'
import { FAILURE_CLASSES } from '../protocol/tick.js'
import type { ClosingAnswer } from '../verdict/round-closing.js'

/** The most answers of a round that an entry of a timeline keeps. */
export const SIGHTINGS_MAX = 200

/** What validators saw in a round, as an entry keeps it: rows without names, for there are many. */
interface StoredSightings {
  seen: [validatorNo: number, status: WebsiteStatus, failure: FailureClass | null, latencyUs: number | null, 0 | 1][]
  left: number
}

/** What validators saw in a round. */
export interface Sightings {
  seen: ClosingAnswer[]
  /** Answers beyond `SIGHTINGS_MAX`, which are not kept here. */
  leftOut: number
}

/** As JSON. The validators with the lowest numbers are kept. */
export function packSightings(answers: readonly ClosingAnswer[]): string {
  const kept = answers.slice(0, SIGHTINGS_MAX)
  return JSON.stringify({
    seen: kept.map((one) => [one.validatorNo, one.status, one.failure, one.latencyUs, one.setAside ? 1 : 0]),
    left: answers.length - kept.length,
  } satisfies StoredSightings)
}

export function unpackSightings(stored: unknown): Sightings {
  const { seen, left } = stored as StoredSightings
  return {
    seen: seen.map(([validatorNo, status, failure, latencyUs, aside]) => {
      return { validatorNo, status, failure, latencyUs, setAside: aside === 1 }
    }),
    leftOut: left,
  }
}

/**
 * The class of most Bad answers; of several the one that comes first in the exchange. Null without any.
 * @param failures counts in the order of `FAILURE_CLASSES`.
 */
export function commonestFailure(failures: readonly number[]): FailureClass | null {
  const most = Math.max(0, ...failures)
  return most === 0 ? null : (FAILURE_CLASSES[failures.indexOf(most)] ?? null)
}
