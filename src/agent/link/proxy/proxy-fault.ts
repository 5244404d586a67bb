import { certificateFault } from '../certificate-fault.js'
import { hubFault } from '../hub-fault.js'
import type { HubFault } from '../hub-fault.js'
import type { HubProxy } from './hub-proxy.js'

export function proxyUnreachable({ origin, variable }: HubProxy, code: string): HubFault {
  return (
    certificateFault(`the proxy ${origin}`, code) ??
    hubFault('UNREACHABLE', `The proxy ${origin} cannot be reached (${code}): check ${variable} and the proxy.`, {
      code,
    })
  )
}

/** The answer to CONNECT. */
export function proxyRefused(proxy: HubProxy, authority: string, status: number): HubFault {
  const { origin, variable, authorization } = proxy
  const code = `PROXY_${status}`
  if (status === 407) {
    const advice =
      authorization === null
        ? `wants a user name and a password (HTTP 407): write them into ${variable} as http://user:password@host:port.`
        : `does not accept the user name and password in ${variable} (HTTP 407): correct them.`
    return hubFault('PROXY_REFUSED', `The proxy ${origin} ${advice}`, { code })
  }
  if (status === 408 || status === 429 || status >= 500) {
    return hubFault(
      'UNREACHABLE',
      `The proxy ${origin} cannot reach ${authority} (HTTP ${status}): check --hub, and ask whoever runs the proxy.`,
      { code },
    )
  }
  return hubFault(
    'PROXY_REFUSED',
    `The proxy ${origin} lets nobody through to ${authority} (HTTP ${status}): ask whoever runs it, or name the host in NO_PROXY.`,
    { code },
  )
}
