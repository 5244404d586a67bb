import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import type { SecureContext, TLSSocket } from 'node:tls'

import { detailOf, failed } from './failed.js'
import type { Failed } from './failed.js'

export interface Secured {
  kind: 'secured'
  socket: TLSSocket
}

/**
 * Shakes hands over a connected socket. Whom it met is not judged here: a certificate that is refused would show no dates. Never rejects;
 * settles when the socket is destroyed.
 */
export function secureSocket(raw: Socket, host: string, trust: SecureContext | undefined): Promise<Secured | Failed> {
  return new Promise((resolve) => {
    const socket = connect({
      socket: raw,
      host,
      // RFC 6066 §3: neither an address nor the dot of an absolute name goes into the server name.
      ...(isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
      ...(trust && { secureContext: trust }),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
    })
    socket.once('secureConnect', () => resolve({ kind: 'secured', socket }))
    // Stays for good, as the raw socket's.
    socket.on('error', (error) => resolve(failed('TLS', detailOf(error, 'HANDSHAKE_FAILED'))))
    socket.once('close', () => resolve(failed('TLS', 'HANDSHAKE_CUT')))
  })
}
