import type { TroubleRecord } from './befall.js'
import type { Fault } from './fault.js'
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

/** Of the agent's own traffic. */
const BEACONS_A_MINUTE_MAX = 3

/** What a validator did in its trouble, as far as it matters. */
export function conductOf(record: TroubleRecord, websites: readonly SmallWebsite[]) {
  const told = toldReasons(record)
  const asked = beaconsAMinute(record)
  return {
    falselySigned: falselySaid(websites, ticksOfOthers(record)),
    missedInFault: missedInFault(record, websites),
    missedAfter: missedAfter(record, websites),
    saidOfFelled: saidOfFelled(record),
    told: record.fault.reason === null || told.includes(record.fault.reason) ? record.fault.reason : told,
    tooManyBeacons: asked > BEACONS_A_MINUTE_MAX ? asked : 0,
  }
}

/** Nothing false was signed, what the fault did not touch was answered, and all again as soon as it was over. */
export function honestConduct({ reason, fells }: Fault): ReturnType<typeof conductOf> {
  return {
    falselySigned: [],
    missedInFault: [],
    missedAfter: [],
    saidOfFelled: fells === undefined ? [] : ['Bad'],
    told: reason,
    tooManyBeacons: 0,
  }
}
