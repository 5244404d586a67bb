import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Logger } from 'pino'
import proxyAddr from 'proxy-addr'
import { isPublicAddress } from '../protocol/public-address.js'
import type { TrustProxy } from '../trust-proxy.js'

export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string

/** The socket's address, or the one that trusted proxies name in `X-Forwarded-For`, unless that is no address. */
export function createAddressOf(trust: TrustProxy, log: Pick<Logger, 'warn'>): AddressOf {
  if (trust === null) return takeSockets(log)
  const isBelieved =
    typeof trust === 'number' ? (_address: string, hop: number) => hop < trust : proxyAddr.compile([...trust])
  return (request) => {
    const named = plainAddress(withoutPort(proxyAddr(request as IncomingMessage, isBelieved)))
    return isIP(named) === 0 ? plainAddress(request.socket.remoteAddress) : named
  }
}

/** Trusts nobody, and warns once that a proxy might have to be trusted. */
function takeSockets(log: Pick<Logger, 'warn'>): AddressOf {
  let isTold = false
  return ({ headers, socket }) => {
    const address = plainAddress(socket.remoteAddress)
    if (!isTold && headers['x-forwarded-for'] !== undefined && !isPublicAddress(address)) {
      isTold = true
      log.warn(
        { proxy: address },
        'Requests come through an untrusted proxy, so they all count as one address: set OVERLAPS_TRUST_PROXY.',
      )
    }
    return address
  }
}

/** Whether an address's connections carry other people's requests: a trusted proxy's, or this machine's own. */
export function createIsProxy(trust: TrustProxy): (address: string) => boolean {
  if (typeof trust === 'number') return () => true
  const isBelieved = proxyAddr.compile(['loopback', ...(trust ?? [])])
  return (address) => isBelieved(plainAddress(address), 0)
}

/** A dual-stack socket shows IPv4 peers as IPv4-mapped IPv6. */
function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

/** Some proxies name the port too. */
function withoutPort(address: string | undefined): string | undefined {
  return address?.replace(/^\[([^\]]+)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
}
