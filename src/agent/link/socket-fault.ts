import { errorText, networkFault } from './network-fault.js'
import { hubFault, UPGRADE_ADVICE } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'

export type SocketEnd = { kind: 'closed'; code: number; reason: string } | { kind: 'error'; error: unknown }

const UPGRADE_REFUSED = /^Unexpected server response: (\d{3})$/

/** PROTOCOL §5 and graphql-transport-ws. */
export function socketFault(hub: string, end: SocketEnd): HubFault {
  if (end.kind === 'closed') return closeFault(hub, end.code, end.reason)
  const status = Number(UPGRADE_REFUSED.exec(errorText(end.error))?.[1])
  if (Number.isNaN(status)) return networkFault(hub, end.error)
  if (status === 429 || status >= 500) return hubFault('BUSY', `The hub accepts no connections now (HTTP ${status}).`)
  return hubFault(
    'NOT_A_HUB',
    `${hub} takes no WebSocket on /graphql (HTTP ${status}): check --hub and what stands before it.`,
  )
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
