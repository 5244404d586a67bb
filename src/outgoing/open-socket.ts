import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely, type SecureContext } from 'node:tls'
import { forbidsAddress, hostOf } from '../protocol/target-gate.js'
import { portOf } from '../protocol/target-ports.js'
import { OutgoingFault, outgoingFault } from './outgoing-fault.js'

/** All addresses of a name, in the order in which they are to be tried. Nobody waits for it once `signal` is aborted. */
export type ResolveHost = (host: string, signal: AbortSignal) => Promise<readonly string[]>

export interface SocketTerms {
  /** Whether it may lead into private networks. */
  allowPrivateTargets: boolean
  resolveHost: ResolveHost
  /** Authorities that are trusted, where not Node's own. */
  trust?: SecureContext | undefined
  /** Ends whatever is open when it is over. */
  signal: AbortSignal
}

/** A name with thousands of addresses shall not make the hub knock at all of them. */
const ADDRESSES_MAX = 4
/** How long one address is tried, so that a dead one leaves time for the next. */
const ATTEMPT_MS = 3_000

/** The machine's own resolver with its hosts file. */
export const systemResolver: ResolveHost = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

/**
 * Connects to where a URL leads. A name is resolved once, and what was looked at is what is connected to: a resolver that
 * answers a second question differently leads nowhere. The guard is asked again of the connected socket, before a byte is sent.
 * @throws OutgoingFault
 */
export async function openSocket(url: URL, terms: SocketTerms): Promise<Socket> {
  const host = hostOf(url)
  const raw = await connectToFirst(await findAddresses(host, terms), portOf(url), terms.signal)
  if (forbidsAddress(raw.remoteAddress ?? '', terms)) {
    raw.destroy()
    throw privateTarget(host)
  }
  return url.protocol === 'https:' ? secure(raw, host, terms) : raw
}

async function findAddresses(host: string, terms: SocketTerms): Promise<readonly string[]> {
  let found: readonly string[] = [host]
  if (isIP(host) === 0) {
    found = await terms
      .resolveHost(host, terms.signal)
      .catch((error: unknown) => Promise.reject(outgoingFault('DNS', error)))
  }
  if (found.length === 0) throw outgoingFault('DNS', 'ENODATA')
  const allowed = found.filter((address) => !forbidsAddress(address, terms))
  if (allowed.length === 0) throw privateTarget(host)
  return allowed.slice(0, ADDRESSES_MAX)
}

async function connectToFirst(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  let fault: unknown = 'ETIMEDOUT'
  for (const address of addresses) {
    if (signal.aborted) break
    try {
      return await connectTo(address, port, signal)
    } catch (error) {
      fault = error
    }
  }
  throw outgoingFault('CONNECT', fault)
}

function connectTo(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true })
    const end = () => socket.destroy()
    signal.addEventListener('abort', end)
    const timer = setTimeout(end, ATTEMPT_MS)
    // Stays for good: an error of a socket that nobody waits for any more would end the process.
    socket.on('error', reject)
    socket.once('close', () => {
      signal.removeEventListener('abort', end)
      clearTimeout(timer)
      reject(outgoingFault('CONNECT', 'ETIMEDOUT'))
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(socket)
    })
  })
}

function secure(raw: Socket, host: string, { trust }: SocketTerms): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSecurely({
      socket: raw,
      host,
      // RFC 6066 §3: neither an address nor the dot of an absolute name goes into the server name.
      ...(isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
      ...(trust && { secureContext: trust }),
      ALPNProtocols: ['http/1.1'],
    })
    socket.once('secureConnect', () => resolve(socket))
    // Both stay for good, as the raw socket's.
    socket.on('error', (error) => reject(outgoingFault('TLS', error)))
    socket.once('close', () => reject(outgoingFault('TLS', 'the handshake was cut')))
  })
}

function privateTarget(host: string): OutgoingFault {
  return new OutgoingFault('PRIVATE', host)
}
