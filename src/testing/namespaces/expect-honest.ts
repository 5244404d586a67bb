import { expect } from 'vitest'
import type { TroubleRecord } from './befall.js'
import {
  beaconsAMinute,
  falselySaid,
  missedAfter,
  missedInFault,
  saidOfFelled,
  ticksOfOthers,
  toldReasons,
} from './judge-record.js'
import type { SmallWebsite } from './websites.js'

/** Nothing false was signed, what the fault did not touch was answered, and all again as soon as it was over. */
export function expectHonest(record: TroubleRecord, websites: readonly SmallWebsite[]): void {
  const { fault } = record
  const told = toldReasons(record)
  expect({
    falselySigned: falselySaid(websites, ticksOfOthers(record)),
    missedInFault: missedInFault(record, websites),
    missedAfter: missedAfter(record, websites),
    told: fault.reason === null || told.includes(fault.reason) ? fault.reason : told,
  }).toEqual({ falselySigned: [], missedInFault: [], missedAfter: [], told: fault.reason })
  if (fault.fells !== undefined) expect(saidOfFelled(record)).toEqual(new Set(['Bad']))
  expect(beaconsAMinute(record)).toBeLessThanOrEqual(3)
}
