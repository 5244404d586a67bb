/** Why no answer came, by how far the try got. */
export type SendFaultKind = 'DNS' | 'PRIVATE' | 'CONNECT' | 'TLS' | 'PROTOCOL' | 'TIMEOUT' | 'STOPPED'

/** A try that got no answer. Its message is for the delivery log, which the owner reads. */
export class SendFault extends Error {
  override readonly name = 'SendFault'
  readonly kind: SendFaultKind

  constructor(kind: SendFaultKind, message: string) {
    super(message)
    this.kind = kind
  }
}

const WORDS = {
  DNS: "The name of the webhook's URL could not be resolved",
  CONNECT: 'The receiver took no connection, or ended it before it had answered',
  TLS: "The receiver's certificate is not right, or TLS could not be set up",
  PROTOCOL: 'What the receiver answered is not right HTTP, or too large a head',
} as const

/** A fault in words, with the code that Node or OpenSSL gave it. */
export function sendFault(kind: keyof typeof WORDS, error: unknown): SendFault {
  if (error instanceof SendFault) return error
  const code = error instanceof Error && 'code' in error ? error.code : error
  return new SendFault(kind, `${WORDS[kind]} (${typeof code === 'string' ? code : 'no reason given'}).`)
}

/** What an error of a connection that a request was sent over means. */
export function exchangeFault(error: unknown): SendFault {
  if (error instanceof SendFault) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('HPE_')) return sendFault('PROTOCOL', error)
  // TLS 1.3 tells only after the handshake that the server wants a certificate of ours.
  return sendFault(code.startsWith('ERR_SSL') ? 'TLS' : 'CONNECT', error)
}
