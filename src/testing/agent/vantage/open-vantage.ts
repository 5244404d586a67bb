import { onTestFinished } from 'vitest'
import type { AgentEvent } from '../../../agent/agent-event.js'
import type { BeaconAnswer } from '../../../agent/vantage/ask-beacon.js'
import { readBeacons } from '../../../agent/vantage/read-beacons.js'
import { createVantage } from '../../../agent/vantage/vantage.js'
import type { WaysOut } from '../../../agent/vantage/ways-out.js'
import { createManualClock } from '../../manual-clock.js'
import { CLOSED_POLICY } from '../check/measure.js'
import { type CheckScript, playCheck, STEP_MS } from './play-check.js'

/** What works behind the machine of a test. */
export interface Surroundings {
  v4: boolean
  v6: boolean
  names: boolean
  isPortal: boolean
  routes: { v4: boolean; v6: boolean }
  waysOut: WaysOut
}

const BEACONS = '1.1.1.1:443,9.9.9.9:443,[2606:4700:4700::1111]:443,*.names.example,http://portal.example/#yes'
const START = 1_000_000
const SOON_MS = 20
const LINE_PATIENCE_MS = 2_000

/** A vantage in surroundings that a test makes, on a clock that it moves. */
export function openVantage(beacons = BEACONS) {
  const clock = createManualClock(START)
  const surroundings: Surroundings = {
    v4: true,
    v6: true,
    names: true,
    isPortal: false,
    routes: { v4: true, v6: true },
    waysOut: { V4: 'home', V6: 'home' },
  }
  const asked: { what: string; at: number }[] = []
  const events: AgentEvent[] = []
  const later = (ms: number) => new Promise<void>((resolve) => void clock.at(clock.now() + ms, resolve))
  const vantage = createVantage({
    beacons: readBeacons(beacons.split(',')) ?? [],
    policy: CLOSED_POLICY,
    userAgent: 'test',
    report: (event) => events.push(event),
    clock,
    readWaysOut: async () => surroundings.waysOut,
    hasRoute: async (address) => surroundings.routes[address.includes(':') ? 'v6' : 'v4'],
    async ask(beacon, signs): Promise<BeaconAnswer> {
      const what = beacon.kind === 'LINE' ? beacon.address : beacon.kind
      asked.push({ what, at: clock.now() })
      const works = beacon.kind === 'NAME' ? 'names' : beacon.kind === 'LINE' && what.includes(':') ? 'v6' : 'v4'
      if (!surroundings[works]) {
        await later(LINE_PATIENCE_MS)
        return 'SILENT'
      }
      await later(SOON_MS)
      if (beacon.kind === 'NAME') signs.resolved?.('o1.names.example')
      else signs.connected?.(what, beacon.kind === 'LINE' ? beacon.address : '203.0.113.80')
      return beacon.kind === 'PORTAL' && surroundings.isPortal ? 'OTHERWISE' : 'ANSWERED'
    },
  })
  onTestFinished(() => vantage.close())

  /** Lets what is promised happen. */
  const settle = () => new Promise<void>((resolve) => void setImmediate(resolve))
  async function pass(milliseconds: number): Promise<void> {
    // Several may wait at once, for the same time.
    for (const until = clock.now() + milliseconds; clock.now() < until;) {
      clock.advance(Math.min(STEP_MS, until - clock.now()))
      await settle()
    }
  }
  const check = (script: CheckScript) => playCheck({ vantage, clock, pass, settle }, script)
  return { clock, surroundings, asked, events, vantage, check, pass, settle }
}

const hostNumber = (name: string) => Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 200, 1)
const addressOf = (name: string) => `93.184.216.${hostNumber(name)}`

/** Websites as they may be. */
export const SITES = {
  https: (name: string): CheckScript => ({
    url: `https://${name}/`,
    dials: { [addressOf(name)]: 'CONNECTED' },
    trusted: true,
    httpStatus: 200,
  }),
  http: (name: string): CheckScript => ({
    url: `http://${name}/`,
    dials: { [addressOf(name)]: 'CONNECTED' },
    httpStatus: 200,
  }),
  refusing: (name: string, address = addressOf(name)): CheckScript => ({
    url: `https://${name}/`,
    dials: { [address]: 'ECONNREFUSED' },
    failure: 'CONNECT',
    detail: 'ECONNREFUSED',
  }),
  silent: (name: string, address = addressOf(name)): CheckScript => ({
    url: `https://${name}/`,
    dials: { [address]: 'SILENT' },
    silentMs: 10_000,
    failure: 'TIMEOUT',
    detail: 'IN_CONNECT',
  }),
  unknown: (name: string, dns = 'ESERVFAIL'): CheckScript => ({ url: `https://${name}/`, dns }),
}

/** A vantage that has been at work for a while: its beacons count, and nothing of them is in the last minute. */
export async function openWorking(beacons?: string) {
  const world = openVantage(beacons)
  for (let round = 0; round < 2; round += 1) {
    await world.check(SITES.https('warm.example'))
    await world.pass(120_000)
  }
  world.asked.length = 0
  return world
}
