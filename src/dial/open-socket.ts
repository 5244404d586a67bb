import type { SecureContext } from 'node:tls'
import { hostOf } from '../protocol/target-gate.js'
import { portOf } from '../protocol/target-ports.js'
import type { Connected } from './connect-first.js'
import { dial, type DialTerms, type Forbidden } from './dial.js'
import type { DialFault } from './dial-fault.js'
import type { Figures } from './figures.js'
import { secureSocket } from './secure-socket.js'

export interface SocketTerms extends DialTerms {
  trust?: SecureContext | undefined
}

export async function openSocket(
  url: URL,
  terms: SocketTerms,
  figures: Figures,
): Promise<Connected | Forbidden | DialFault> {
  const host = hostOf(url)
  const connected = await dial(host, portOf(url), terms, figures)
  if (connected.kind !== 'connected' || url.protocol !== 'https:') return connected
  const secured = await secureSocket(connected.socket, host, terms.trust, figures)
  if (figures.isTrusted && figures.remoteAddress !== null) terms.signs?.trusted?.(host, figures.remoteAddress)
  return secured
}
