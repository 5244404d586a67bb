import { lookup } from 'node:dns/promises'

import type { IpVersion } from '../../protocol/check.js'

/** All addresses of a name in the resolver's order. Rejects with an error that has a `code` when there are none. */
export type HostResolver = (hostname: string, ipVersion: IpVersion) => Promise<readonly string[]>

const FAMILY: Record<IpVersion, 0 | 4 | 6> = { ANY: 0, V4: 4, V6: 6 }

/**
 * The machine's own resolver with its hosts file and search rules. It works on libuv's thread pool, four lookups at a time unless
 * UV_THREADPOOL_SIZE says more, and a lookup that nobody answers holds its thread for the resolver's own timeout.
 */
export const systemResolver: HostResolver = async (hostname, ipVersion) => {
  const found = await lookup(hostname, { all: true, family: FAMILY[ipVersion], verbatim: true })
  return found.map(({ address }) => address)
}
