import { Resolver } from 'node:dns/promises'
import type { ResolveHost } from '../outgoing/open-socket.js'

const TRY_MS = 2_500
const TRIES = 2

/** A resolver that asks this machine's name servers itself, and gives up before a look does. */
export function createDnsResolver(): Resolver {
  return new Resolver({ timeout: TRY_MS, tries: TRIES })
}

/**
 * All addresses of a name by DNS alone, without the machine's own names. It takes no thread, so that names of some owners
 * that nobody answers do not keep those of others waiting until their looks fail.
 */
export function resolveByDns(
  createResolver: () => Pick<Resolver, 'resolve4' | 'resolve6' | 'cancel'> = createDnsResolver,
): ResolveHost {
  return async (host, signal) => {
    if (signal.aborted) return []
    const resolver = createResolver()
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel)
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    signal.removeEventListener('abort', cancel)
    const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    const failed = found.find((one) => one.status === 'rejected')
    if (addresses.length === 0 && failed) throw failed.reason
    return addresses
  }
}
