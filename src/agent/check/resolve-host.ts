import { lookup, Resolver } from 'node:dns/promises'

import type { IpVersion } from '../../protocol/check.js'
import type { CheckLife } from './check-life.js'
import { detailOf } from './failed.js'

/**
 * All addresses of a name. Rejects with an error that has a `code` when there are none. Whatever it opens is held by `life`, so that nobody
 * asks any more when the check is over.
 */
export type HostResolver = (
  hostname: string,
  ipVersion: IpVersion,
  life: Pick<CheckLife, 'hold'>,
) => Promise<readonly string[]>

const FAMILY: Record<IpVersion, 0 | 4 | 6> = { ANY: 0, V4: 4, V6: 6 }

/**
 * The machine's own resolver with its hosts file and search rules: for one's own network. It works on libuv's thread pool, four lookups at
 * a time unless UV_THREADPOOL_SIZE says more, and a lookup that nobody answers holds its thread for the resolver's own timeout.
 */
export const systemResolver: HostResolver = async (hostname, ipVersion) => {
  const found = await lookup(hostname, { all: true, family: FAMILY[ipVersion], verbatim: true })
  return found.map(({ address }) => address)
}

/**
 * Asks the DNS by sockets of its own, those servers that the machine names unless others are given: for strangers' names. A few names whose
 * servers never answer would keep all threads of the pool busy and so turn other websites' checks into timeouts; here each waits for itself.
 * No hosts file and no search rules: a name that only this machine knows is no public website's.
 */
export function createDnsResolver(servers?: readonly string[]): HostResolver {
  return async (hostname, ipVersion, life) => {
    const resolver = new Resolver()
    if (servers !== undefined) resolver.setServers(servers)
    life.hold({ destroy: () => resolver.cancel() })
    const asked = [
      ...(ipVersion === 'V6' ? [] : [resolver.resolve4(hostname)]),
      ...(ipVersion === 'V4' ? [] : [resolver.resolve6(hostname)]),
    ]
    const answers = await Promise.allSettled(asked)
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length > 0) return found
    const faults: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    // That one family has no record says less than whatever is wrong with the other.
    throw faults.find((fault) => detailOf(fault, 'ENODATA') !== 'ENODATA') ?? faults[0]
  }
}

/** Asks the machine's servers of the DNS. */
export const dnsResolver = createDnsResolver()
