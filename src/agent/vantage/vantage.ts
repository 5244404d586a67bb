import { isIP } from 'node:net'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../../clock.js'
import type { DialSigns } from '../../dial/dial-signs.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import { isPublicAddress } from '../../protocol/public-address.js'
import { hostOf } from '../../protocol/target-gate.js'
import type { ReportEvent } from '../agent-event.js'
import type { Abstained } from '../check/abstained.js'
import type { Measured } from '../check/check-outcome.js'
import { resolverFor } from '../check/resolver-for.js'
import type { TargetPolicy } from '../check/target-policy.js'
import { askBeacon, type BeaconAnswer } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { findGround } from './find-ground.js'
import { hasRoute as askKernel } from './has-route.js'
import { judgeCheck } from './judge-check.js'
import { ADDRESSES_MAX } from './limits.js'
import { lookAround } from './look-around.js'
import { createNetwork } from './network.js'
import { createPreviousResults, kindOf } from './previous-results.js'
import { steady } from './steady.js'
import { type IsPublic, sideOf, sideOfHost } from './target-side.js'
import { type Watched, watchCheck } from './watch-check.js'
import { readWaysOut, type WaysOut } from './ways-out.js'

export interface VantageParts {
  beacons: readonly Beacon[]
  policy: TargetPolicy
  userAgent: string
  report: ReportEvent
  /** Its instants are those of the outcomes; that of `performance.now()` by default. */
  clock?: Clock
  resolveHost?: HostResolver
  isPublic?: IsPublic
  hasRoute?(address: string): Promise<boolean>
  readWaysOut?(): Promise<WaysOut>
  ask?(beacon: Beacon, signs: DialSigns): Promise<BeaconAnswer>
}

/** The network as it is seen from here. */
export interface Vantage {
  /** Once for each check, before it begins. */
  watch(task: { readonly url: string }): CheckWatch
  close(): void
}

export interface CheckWatch {
  /** What `dial/` tells while the check runs. */
  readonly signs: DialSigns
  /** Null: it stands. A promise waits for evidence, until the steady instant `until` at most. Called once, or `end` is. */
  judge(outcome: Measured, until: number): Promise<Abstained | null> | null
  end(): void
}

export function createVantage(parts: VantageParts): Vantage {
  const { clock = steady, isPublic = rememberPublic(), hasRoute = askKernel, policy, userAgent } = parts
  const closing = new AbortController()
  const terms = { policy, userAgent, resolveHost: parts.resolveHost ?? resolverFor(policy), signal: closing.signal }
  const network = createNetwork({
    clock,
    beacons: parts.beacons,
    report: parts.report,
    readWaysOut: parts.readWaysOut ?? (() => readWaysOut()),
    hasRoute,
    ask: parts.ask ?? ((beacon, signs) => askBeacon(beacon, { ...terms, signs })),
  })
  const previous = createPreviousResults()
  const underWay = new Map<Watched, string>()
  const now = () => clock.now()
  let judging = 0
  const isBusy = () => underWay.size + judging > 0
  const around = lookAround({ clock, network, previous, underWay, isBusy })

  return {
    watch({ url }) {
      const parsed = new URL(url)
      network.look()
      const host = hostOf(parsed)
      if (sideOfHost(host, isPublic) === 'PUBLIC') network.prepare(isIP(host) === 0)
      const watched = watchCheck(parsed, { now, network, isPublic, hasRoute })
      underWay.set(watched, url)
      around.begin()
      const end = () => void underWay.delete(watched)
      return {
        signs: watched.signs,
        end,
        judge(outcome, until) {
          end()
          const { measurement, hops } = outcome
          const ground = findGround(measurement, hops)
          const last = hops.at(-1)
          const side = last === undefined ? 'PRIVATE' : sideOf(last, isPublic)
          const kind = kindOf(outcome, ground)
          if (ground === 'ITSELF' || (side === 'PRIVATE' && measurement.failure === null)) {
            previous.remember(url, outcome, kind)
            return null
          }
          const change = previous.changeOf(url, kind)
          judging += 1
          return judgeCheck(
            { clock, network, hasRoute },
            { outcome, ground, side, routes: watched.routes, change, until },
          )
            .then((verdict) => {
              if (verdict === null) previous.remember(url, outcome, kind)
              return verdict
            })
            .finally(() => {
              judging -= 1
            })
        },
      }
    },
    close() {
      around.end()
      closing.abort()
    },
  }
}

/** Each check asks several times about the same few addresses. */
function rememberPublic(): IsPublic {
  const known = new LRUCache<string, boolean>({ max: ADDRESSES_MAX, memoMethod: isPublicAddress })
  return (address) => known.memo(address)
}
