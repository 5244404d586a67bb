import { request as httpRequest } from 'node:http'
import type { Socket } from 'node:net'

import { detailOf } from '../../../dial/dial-fault.js'
import { startFigures } from '../../../dial/figures.js'
import { openSocket } from '../../../dial/open-socket.js'
import type { SocketTerms } from '../../../dial/open-socket.js'
import { hostOf } from '../../../protocol/target-gate.js'
import { portOf } from '../../../protocol/target-ports.js'
import { UnreachedHub } from '../unreached-hub.js'
import type { HubProxy } from './hub-proxy.js'
import { proxyRefused, proxyUnreachable } from './proxy-fault.js'

export interface TunnelTerms extends SocketTerms {
  userAgent: string
}

/** A way to the hub through a proxy (RFC 9110 §9.3.6), which looks the hub's name up. Rejects with `UnreachedHub`. */
export async function openTunnel(proxy: HubProxy, hub: URL, terms: TunnelTerms): Promise<Socket> {
  const opened = await openSocket(new URL(proxy.origin), terms, startFigures())
  if (opened.kind !== 'connected') {
    throw new UnreachedHub(proxyUnreachable(proxy, opened.kind === 'failed' ? opened.detail : 'FORBIDDEN'))
  }
  const host = hostOf(hub)
  const authority = `${host.includes(':') ? `[${host}]` : host}:${portOf(hub)}`
  return new Promise((resolve, reject) => {
    const asking = httpRequest({
      createConnection: () => opened.socket,
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        'user-agent': terms.userAgent,
        ...(proxy.authorization !== null && { 'proxy-authorization': proxy.authorization }),
      },
    })
    asking.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head)
        return resolve(socket)
      }
      socket.destroy()
      reject(new UnreachedHub(proxyRefused(proxy, authority, statusCode)))
    })
    asking.on('error', (error) => reject(new UnreachedHub(proxyUnreachable(proxy, detailOf(error, 'NO_ANSWER')))))
    asking.end()
  })
}
