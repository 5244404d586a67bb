import { isIP } from 'node:net'
import type { Socket } from 'node:net'

import type { Check } from '../../protocol/check.js'
import { findForbidden, hostOf } from '../../protocol/target-gate.js'
import { portOf } from '../../protocol/target-ports.js'
import { deniesAddress, deniesHost } from '../target/target-policy.js'
import type { TargetPolicy } from '../target/target-policy.js'
import type { CheckLife } from './check-life.js'
import { refused, refusedTarget } from './check-outcome.js'
import type { CheckOptions, Hop, Refused } from './check-outcome.js'
import { connectFirst } from './connect-first.js'
import { elapsedUs } from './elapsed-us.js'
import { detailOf, failed } from './failed.js'
import type { Failed } from './failed.js'
import { judgeCertificate, summarizeCertificate } from './judge-certificate.js'
import { dnsResolver, systemResolver } from './resolve-host.js'
import { secureSocket } from './secure-socket.js'

/** What every step of one check goes by. */
export interface CheckTerms {
  check: Check
  policy: TargetPolicy
  options: CheckOptions
  life: CheckLife
}

export interface Opened {
  kind: 'opened'
  socket: Socket
}

const FAMILY = { ANY: null, V4: 4, V6: 6 } as const

/**
 * Name, connection and handshake of one hop, noting each figure in `hop` as it is measured. The gate and the policy are asked before the
 * name is looked up, of each address before anything is connected, and of the connected socket before a byte is sent, that of a handshake
 * included. A name is resolved once: a server of names that answers a second question differently leads nowhere.
 */
export async function openHop(url: URL, hop: Hop, terms: CheckTerms): Promise<Opened | Failed | Refused> {
  const fault = findForbidden(url, terms.policy)
  if (fault !== null) return refusedTarget(fault)
  const host = hostOf(url)
  if (deniesHost(terms.policy, host)) return refused('DENIED_HOST', `This agent is told not to check ${host}.`)
  const found = await findAddresses(host, hop, terms)
  if (found.kind !== 'found') return found
  const startedAt = performance.now()
  const connected = await connectFirst(found.addresses, portOf(url), terms.life)
  if (connected.kind === 'failed') return connected
  const { socket } = connected
  const { remoteAddress } = socket
  // The peer can have reset the connection between its opening and this line; the socket then no longer knows whose it was.
  if (remoteAddress === undefined) return failed('CONNECT', 'ECONNRESET')
  if (deniesAddress(terms.policy, remoteAddress)) {
    socket.destroy()
    return privateAddress(host)
  }
  hop.connectUs = elapsedUs(startedAt)
  // A zone (`fe80::1%eth0`) says which of this machine's wires was used and stays here.
  hop.remoteAddress = remoteAddress.replace(/%.*$/, '')
  return url.protocol === 'https:' ? secureHop(socket, host, hop, terms) : { kind: 'opened', socket }
}

interface Found {
  kind: 'found'
  addresses: readonly string[]
}

async function findAddresses(host: string, hop: Hop, terms: CheckTerms): Promise<Found | Failed | Refused> {
  const { check, policy, options } = terms
  let resolved: readonly string[] = [host]
  if (isIP(host) === 0) {
    const startedAt = performance.now()
    try {
      const resolveHost = options.resolveHost ?? (policy.allowPrivateTargets ? systemResolver : dnsResolver)
      resolved = await resolveHost(host, check.ipVersion, terms.life)
    } catch (error) {
      return failed('DNS', detailOf(error, 'ENOTFOUND'))
    }
    if (resolved.length === 0) return failed('DNS', 'ENODATA')
    hop.dnsUs = elapsedUs(startedAt)
  }
  const permitted = resolved.filter((address) => !deniesAddress(policy, address))
  if (permitted.length === 0) return privateAddress(host)
  const family = FAMILY[check.ipVersion]
  const addresses = permitted.filter((address) => family === null || isIP(address) === family)
  return addresses.length === 0 ? failed('CONNECT', 'IP_VERSION_MISMATCH') : { kind: 'found', addresses }
}

async function secureHop(raw: Socket, host: string, hop: Hop, terms: CheckTerms): Promise<Opened | Failed> {
  const { check, options } = terms
  const startedAt = performance.now()
  const secured = await secureSocket(raw, host, options.trust)
  if (secured.kind === 'failed') return secured
  const { socket } = secured
  hop.tlsUs = elapsedUs(startedAt)
  hop.certificate = summarizeCertificate(socket.getPeerX509Certificate())
  const fault = judgeCertificate(socket, hop.certificate, check.certificateDays, options.clock.now())
  return fault ?? { kind: 'opened', socket }
}

function privateAddress(host: string): Refused {
  return refused(
    'PRIVATE_ADDRESS',
    `${host} leads to private or denied addresses only, which this agent does not connect to. On a network of your own, it takes private ones with OVERLAPS_ALLOW_PRIVATE_TARGETS=1.`,
  )
}
