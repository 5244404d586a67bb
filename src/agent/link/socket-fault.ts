import type { IncomingHttpHeaders } from 'node:http'

import { hubFault, UPGRADE_ADVICE } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'
import { networkFault } from './network-fault.js'
import { statusFault } from './status-fault.js'
import { UnreachedHub } from './unreached-hub.js'

export type SocketEnd = { kind: 'closed'; code: number; reason: string } | { kind: 'error'; error: unknown }

/** PROTOCOL §5 and graphql-transport-ws. */
export function socketFault(hub: string, end: SocketEnd): HubFault {
  if (end.kind === 'closed') return closeFault(hub, end.code, end.reason)
  // `ws` puts what happened behind an event.
  const cause = end.error instanceof Object && 'error' in end.error ? end.error.error : end.error
  return cause instanceof UnreachedHub ? cause.fault : networkFault(hub, codeOf(cause))
}

export function refusedUpgrade(hub: string, status: number, headers: IncomingHttpHeaders): HubFault {
  return (
    statusFault(hub, status, headers) ??
    hubFault(
      'NOT_A_HUB',
      `${hub} takes no WebSocket on /graphql (HTTP ${status}): check --hub and what stands before it.`,
    )
  )
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

function closeFault(hub: string, code: number, reason: string): HubFault {
  const said = reason === '' ? `code ${code}` : `code ${code}: ${reason}`
  switch (code) {
    case 1000:
    case 1001:
    case 1012:
    case 1013:
      return hubFault('RESTARTING', `The hub closed the connection and may be restarting (${said}).`)
    case 4401:
    case 4403:
      // A ban looks the same; the signup that follows tells them apart.
      return hubFault('SESSION_ENDED', `The hub no longer accepts this session (${said}).`)
    case 4426:
      return hubFault(
        'PROTOCOL_TOO_OLD',
        `The hub no longer speaks this validator's protocol (${said}). ${UPGRADE_ADVICE}`,
      )
    case 4429:
    case 4500:
    case 1011:
      return hubFault('BUSY', `The hub cannot serve this connection now (${said}).`)
    case 4499:
      return hubFault('UNREACHABLE', `The hub at ${hub} stopped answering.`)
    case 1005:
    case 1006:
    case 4408:
    case 4504:
      return hubFault('UNREACHABLE', `The connection to ${hub} broke (${said}).`)
    default:
      return hubFault('BUSY', `The hub closed the connection (${said}).`)
  }
}
