import type { OutgoingFault } from '../outgoing/outgoing-fault.js'

const WORDS = {
  DNS: "The receiver's name could not be resolved",
  CONNECT: 'The receiver took no connection, or ended it before it had answered',
  TLS: "The receiver's certificate is not right, or TLS could not be set up",
  PROTOCOL: 'What the receiver answered is not right HTTP, or too large a head',
} as const

/** Why an attempt got no answer, for the delivery log. */
export function sendError({ kind, detail }: OutgoingFault): string {
  switch (kind) {
    case 'PRIVATE':
      return `${detail} leads to no public address, and this hub sends messages to no other.`
    case 'TIMEOUT':
      return `The receiver had not answered after ${detail}.`
    case 'STOPPED':
      return 'The hub was stopped before the receiver had answered.'
    default:
      return `${WORDS[kind]} (${detail}).`
  }
}
