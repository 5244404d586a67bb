import type { IncomingHttpHeaders } from 'node:http'

import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'
import { retryAfterMs } from './retry-after.js'

/** What a status says whatever the body is; `null` where the body may be a hub's. */
export function statusFault(hub: string, status: number, headers: IncomingHttpHeaders): HubFault | null {
  const code = `HTTP_${status}`
  if (status >= 300 && status < 400) {
    const target = headers.location ?? 'another address'
    return hubFault('WRONG_HUB', `${hub} redirects to ${target}: give the hub's own address with --hub.`, { code })
  }
  if (status !== 408 && status !== 429 && status < 500) return null
  const message = `The hub at ${hub}, or a proxy before it, cannot serve this validator now (HTTP ${status}).`
  return hubFault('BUSY', message, { code, retryAfterMs: retryAfterMs(headers, Date.now()) })
}
