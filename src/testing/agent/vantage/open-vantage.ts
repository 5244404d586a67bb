import { onTestFinished } from 'vitest'
import type { AgentEvent } from '../../../agent/agent-event.js'
import type { Hop, Measured } from '../../../agent/check/check-outcome.js'
import type { BeaconAnswer } from '../../../agent/vantage/ask-beacon.js'
import { readBeacons } from '../../../agent/vantage/read-beacons.js'
import { createVantage } from '../../../agent/vantage/vantage.js'
import type { Attempt } from '../../../dial/figures.js'
import { startFigures } from '../../../dial/figures.js'
import type { FailureClass } from '../../../protocol/tick.js'
import { createManualClock } from '../../manual-clock.js'
import { CLOSED_POLICY } from '../check/measure.js'

/** What works behind the machine of a test. */
export interface Surroundings {
  v4: boolean
  v6: boolean
  names: boolean
  isPortal: boolean
  routes: { v4: boolean; v6: boolean }
  fingerprint: string
}

export interface CheckScript {
  url: string
  /** Addresses with what dialling them comes to: a code, silence, or a connection. */
  dials?: Readonly<Record<string, string>>
  /** The look-up fails. */
  dns?: string
  trusted?: boolean
  httpStatus?: number
  failure?: FailureClass
  detail?: string | null
  /** How long it takes, from the last sign of life on. */
  silentMs?: number
  /** Hops before the last. */
  before?: readonly { url: string; isTrusted: boolean }[]
  untilMs?: number
  /** Before it begins. */
  afterMs?: number
}

export const BEACONS = '1.1.1.1:443,9.9.9.9:443,[2606:4700:4700::1111]:443,*.names.example,http://portal.example/#yes'
const START = 1_000_000
const STEP_MS = 50
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
    fingerprint: 'home',
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
    fingerprint: () => surroundings.fingerprint,
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
  /** Runs a check up to its judgement; `STANDS` or the reason of the abstention. */
  async function check(script: CheckScript): Promise<string> {
    await pass(script.afterMs ?? 0)
    const watch = vantage.watch({ url: script.before?.[0]?.url ?? script.url })
    const startedAt = clock.now()
    await settle()
    const hop = await walk(script)
    const { failure = script.dns === undefined ? null : 'DNS', detail = script.dns ?? null } = script
    const outcome = outcomeOf([...(script.before ?? []).map((one) => ({ ...startFigures(), ...one })), hop])
    let verdict: string | undefined
    void watch
      .judge(outcome, clock.now() + (script.untilMs ?? 20_000))
      .then((own) => (verdict = own?.reason ?? 'STANDS'))
    await settle()
    for (let left = 30_000; verdict === undefined && left > 0; left -= STEP_MS) await pass(STEP_MS)
    return verdict ?? 'NEVER'

    async function walk({
      url,
      dials = {},
      dns,
      trusted = false,
      httpStatus,
      silentMs = 0,
    }: CheckScript): Promise<Hop> {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
      const { signs } = watch
      const attempts: Attempt[] = []
      const made: Hop = { ...startFigures(), aliveAt: clock.now(), url, attempts, httpStatus: httpStatus ?? null }
      if (!/^[\d.]+$|:/.test(host)) {
        signs.resolving?.(host)
        if (dns === undefined) signs.resolved?.(host)
      }
      for (const [address, end] of Object.entries(dials)) {
        signs.attempting?.(address)
        const code = end === 'SILENT' || end === 'CONNECTED' ? null : end
        attempts.push({ address, code, startedAt: clock.now(), endedAt: null })
        if (code !== null) signs.failed?.(address, code)
        if (end !== 'CONNECTED') continue
        signs.connected?.(host, address)
        Object.assign(made, { remoteAddress: address, connectUs: 1, isTrusted: trusted, aliveAt: clock.now() })
        if (trusted) signs.trusted?.(host, address)
        if (httpStatus !== undefined) signs.received?.(host, address)
      }
      await pass(silentMs)
      return made
    }
    function outcomeOf(hops: readonly Hop[]): Measured {
      const figures = { latencyUs: null, dnsUs: null, connectUs: null, tlsUs: null, firstByteUs: null }
      const measurement = {
        ...figures,
        checkedAt: '2027-01-01T00:00:00.000Z',
        status: failure === null ? ('Good' as const) : ('Bad' as const),
        failure,
        detail,
        httpStatus: script.httpStatus ?? null,
        remoteAddress: null,
        certificateExpiresAt: null,
      }
      return { kind: 'measured', measurement, certificate: null, hops, startedAt, endedAt: clock.now() }
    }
  }
  return { clock, surroundings, asked, events, vantage, check, pass, settle }
}

const hostNumber = (name: string) => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 200, 1)
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
