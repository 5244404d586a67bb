import { isIPv6 } from 'node:net'
import type { Beacon } from './beacon.js'
import type { LineName } from './line.js'

export type Family = 'V4' | 'V6'
/** What a beacon is asked about. */
export type Topic = LineName | 'PORTAL'

export function topicOf(beacon: Beacon): Topic {
  if (beacon.kind === 'LINE') return familyOf(beacon.address)
  return beacon.kind === 'NAME' ? 'NAMES' : 'PORTAL'
}

export function familyOf(address: string): Family {
  return isIPv6(address) ? 'V6' : 'V4'
}
