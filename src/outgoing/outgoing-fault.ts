import type { DialFault } from '../dial/dial-fault.js'

export type OutgoingFaultKind = DialFault['failure'] | 'PRIVATE' | 'TIMEOUT' | 'STOPPED'

/** A request that got no answer. Its sender says so in words of its own. */
export interface OutgoingFault {
  kind: OutgoingFaultKind
  detail: string
}

/** Codes of ours that an owner could not look up, in words. */
const WORDS: Readonly<Record<string, string>> = {
  HANDSHAKE_CUT: 'the handshake was cut',
  TOO_MANY_BYTES: 'it sent too much',
  TOO_MANY_INTERIM_ANSWERS: 'more than 20 interim answers',
  UNASKED_UPGRADE: 'it changed to another protocol',
}

export function outgoingFault({ failure, detail }: DialFault): OutgoingFault {
  return { kind: failure, detail: WORDS[detail] ?? detail }
}
