import type { DialSigns } from '../../dial/dial-signs.js'
import { hostOf } from '../../protocol/target-gate.js'
import { WITHOUT_WAY } from '../machine/kernel-fault.js'
import type { LineName } from './line.js'
import { SILENT_MS } from './limits.js'
import type { Network } from './network.js'
import type { PreviousResult } from './previous-results.js'
import { type IsPublic, sideOfHost } from './target-side.js'
import { familyOf } from './topic.js'

export interface WatchParts {
  now(): number
  network: Network
  isPublic: IsPublic
  hasRoute(address: string): Promise<boolean>
}

/** What one check has been through so far. */
export interface Watched {
  readonly signs: DialSigns
  /** Of addresses that failed as if there were no way: whether the kernel knows one. */
  readonly routes: ReadonlyMap<string, Promise<boolean>>
  /** The lines on which it waits for longer than its host has ever taken. */
  suspects(previous: PreviousResult | undefined): readonly LineName[]
}

/** Each piece of a large body is the same sign. */
const MARK_AGAIN_MS = 250

export function watchCheck(url: URL, { now, network, isPublic, hasRoute }: WatchParts): Watched {
  const ownHost = hostOf(url)
  const routes = new Map<string, Promise<boolean>>()
  const begun = new Map<string, number>()
  let waiting: LineName[] = []
  let silentSince = now()
  let markedAt = -Infinity
  const wait = (lines: LineName[]) => {
    waiting = lines
    silentSince = now()
  }
  return {
    routes,
    suspects(previous) {
      if (previous?.isAnswered !== true) return []
      return now() - silentSince >= Math.max(SILENT_MS, 2 * previous.tookMs) ? waiting : []
    },
    signs: {
      resolving(host) {
        wait(sideOfHost(host, isPublic) === 'PUBLIC' ? ['NAMES'] : [])
        begun.set(host, now())
      },
      resolved(host) {
        if (waiting.includes('NAMES')) network.mark('NAMES', host, '', begun.get(host) ?? now())
        wait([])
      },
      attempting(address) {
        begun.set(address, now())
        if (!isPublic(address)) return
        const family = familyOf(address)
        if (waiting.length === 0) wait([family])
        else if (!waiting.includes(family)) waiting.push(family)
      },
      failed(address, code) {
        if (WITHOUT_WAY.has(code)) routes.set(address, hasRoute(address))
      },
      connected(host, address) {
        if (!isPublic(address)) return wait([])
        const family = familyOf(address)
        network.mark(family, host, address, begun.get(address) ?? now())
        wait([family])
      },
      received(host, address) {
        silentSince = now()
        if (silentSince < markedAt + MARK_AGAIN_MS || waiting.length === 0) return
        markedAt = silentSince
        network.mark(familyOf(address), host, address, silentSince)
      },
      trusted(host) {
        if (url.protocol === 'https:' && host === ownHost && waiting.length > 0) {
          network.portal.trust(host, now())
          network.news.tell()
        }
      },
    },
  }
}
