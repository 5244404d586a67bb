import { isIP, type Socket } from 'node:net'
import { connect, type SecureContext, type TLSSocket } from 'node:tls'
import { detailOf, dialFault, type DialFault } from './dial-fault.js'
import { elapsedUs } from './elapsed-us.js'
import type { Figures } from './figures.js'

export interface Secured {
  kind: 'connected'
  socket: TLSSocket
}

/** Shakes hands and judges whom it met by chain, dates and name. The certificate is noted also when it is not trusted. */
export function secureSocket(
  raw: Socket,
  host: string,
  trust: SecureContext | undefined,
  figures: Figures,
): Promise<Secured | DialFault> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const socket = connect({
      socket: raw,
      host,
      // RFC 6066 §3: neither an address nor the dot of an absolute name goes into the server name.
      ...(isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
      ...(trust && { secureContext: trust }),
      ALPNProtocols: ['http/1.1'],
      // Judged below, for a certificate that Node refuses shows no dates.
      rejectUnauthorized: false,
    })
    socket.once('secureConnect', () => {
      figures.tlsUs = elapsedUs(startedAt)
      figures.certificate = socket.getPeerX509Certificate() ?? null
      figures.aliveAt = performance.now()
      const fault = findUntrusted(socket)
      figures.isTrusted = fault === null
      if (fault !== null) socket.destroy()
      resolve(fault ?? { kind: 'connected', socket })
    })
    socket.on('error', (error) => resolve(dialFault('TLS', detailOf(error, 'HANDSHAKE_FAILED'))))
    socket.once('close', () => resolve(dialFault('TLS', 'HANDSHAKE_CUT')))
  })
}

export function findUntrusted({
  authorized,
  authorizationError,
}: Pick<TLSSocket, 'authorized' | 'authorizationError'>): DialFault | null {
  // Typed as an error, it is the code of one, and without a code its message.
  return authorized ? null : dialFault('TLS', detailOf(authorizationError, 'UNTRUSTED'))
}
