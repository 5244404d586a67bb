import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { StoredOutcome } from './submission.js'

/** Null when the answer is accepted. */
export function rejectionOf(outcome: StoredOutcome | undefined): TickRefusal | null {
  switch (outcome) {
    case 'STORED':
    case 'REPEATED':
      return null
    case 'CONFLICT':
    case 'LATE':
      return refuseTick(outcome)
    case 'UNSTORABLE':
      return refuseTick('INVALID', 'The database cannot hold a value of this answer.')
    case undefined:
      throw new Error('an answer was given no outcome')
  }
}
