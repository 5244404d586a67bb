import { isIP } from 'node:net'
import { connectFirst, type Connected } from './connect-first.js'
import type { DialSigns } from './dial-signs.js'
import { detailOf, dialFault, type DialFault } from './dial-fault.js'
import { elapsedUs } from './elapsed-us.js'
import type { Figures } from './figures.js'
import type { Life } from './life.js'
import type { Family, HostResolver } from './resolve-host.js'

export interface DialTerms {
  resolveHost: HostResolver
  forbids(address: string): boolean
  family?: Family
  life: Life
  signs?: DialSigns | undefined
}

/** The guard lets through no address of the host. */
export interface Forbidden {
  kind: 'forbidden'
}

/** Connects to a name, resolved once: the guard judges each address, and again the connected socket before a byte is sent. */
export async function dial(
  host: string,
  port: number,
  terms: DialTerms,
  figures: Figures,
): Promise<Connected | Forbidden | DialFault> {
  const found = await findAddresses(host, terms, figures)
  if (found.kind !== 'found') return found
  const startedAt = performance.now()
  const connected = await connectFirst(found.addresses, port, terms.life, figures.attempts, terms.signs)
  if (connected.kind === 'failed') return connected
  const { remoteAddress } = connected.socket
  // The peer can have reset the connection meanwhile; the socket then no longer knows whose it was.
  if (remoteAddress === undefined) return dialFault('CONNECT', 'ECONNRESET')
  if (terms.forbids(remoteAddress)) {
    connected.socket.destroy()
    return { kind: 'forbidden' }
  }
  figures.connectUs = elapsedUs(startedAt)
  figures.aliveAt = performance.now()
  figures.remoteAddress = remoteAddress.replace(/%.*$/, '')
  terms.signs?.connected?.(host, figures.remoteAddress)
  return connected
}

interface Found {
  kind: 'found'
  addresses: readonly string[]
}

async function findAddresses(
  host: string,
  { resolveHost, forbids, family = 0, life, signs }: DialTerms,
  figures: Figures,
): Promise<Found | Forbidden | DialFault> {
  let resolved: readonly string[] = [host]
  if (isIP(host) === 0) {
    const startedAt = performance.now()
    signs?.resolving?.(host)
    try {
      resolved = await resolveHost(host, family, life)
    } catch (error) {
      return dialFault('DNS', detailOf(error, 'ENOTFOUND'))
    }
    figures.aliveAt = performance.now()
    if (resolved.length === 0) return dialFault('DNS', 'ENODATA')
    signs?.resolved?.(host)
    figures.dnsUs = elapsedUs(startedAt)
  }
  const permitted = resolved.filter((address) => !forbids(address))
  if (permitted.length === 0) return { kind: 'forbidden' }
  const addresses = permitted.filter((address) => family === 0 || isIP(address) === family)
  return addresses.length === 0 ? dialFault('CONNECT', 'IP_VERSION_MISMATCH') : { kind: 'found', addresses }
}
