/** Why no answer came, by how far the request got. */
export type OutgoingFaultKind = 'DNS' | 'PRIVATE' | 'CONNECT' | 'TLS' | 'PROTOCOL' | 'TIMEOUT' | 'STOPPED'

/** A request that got no answer. Who sent it says so in words of its own. */
export class OutgoingFault extends Error {
  override readonly name = 'OutgoingFault'
  readonly kind: OutgoingFaultKind
  /** The code of Node or OpenSSL, or what was wrong; with PRIVATE the host. */
  readonly detail: string

  constructor(kind: OutgoingFaultKind, detail: string) {
    super(`${kind} (${detail})`)
    this.kind = kind
    this.detail = detail
  }
}

/** A fault with the code that Node or OpenSSL gave it. */
export function outgoingFault(kind: OutgoingFaultKind, error: unknown): OutgoingFault {
  if (error instanceof OutgoingFault) return error
  const code = error instanceof Error && 'code' in error ? error.code : error
  return new OutgoingFault(kind, typeof code === 'string' ? code : 'no reason given')
}

/** What an error of a connection that a request was sent over means. */
export function exchangeFault(error: unknown): OutgoingFault {
  if (error instanceof OutgoingFault) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('HPE_')) return outgoingFault('PROTOCOL', error)
  // TLS 1.3 tells only after the handshake that the server wants a certificate of ours.
  return outgoingFault(code.startsWith('ERR_SSL') ? 'TLS' : 'CONNECT', error)
}
