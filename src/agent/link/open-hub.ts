import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'

import { startFigures } from '../../dial/figures.js'
import type { Life } from '../../dial/life.js'
import { openSocket } from '../../dial/open-socket.js'
import { systemResolver } from '../../dial/resolve-host.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import { secureSocket } from '../../dial/secure-socket.js'
import { hostOf } from '../../protocol/target-gate.js'
import { networkFault } from './network-fault.js'
import type { HubProxy } from './proxy/hub-proxy.js'
import { openTunnel } from './proxy/open-tunnel.js'
import { proxyUnreachable } from './proxy/proxy-fault.js'
import { UnreachedHub } from './unreached-hub.js'

export interface HubRoad {
  hub: string
  proxy: HubProxy | null
  userAgent: string
  resolveHost?: HostResolver
  /** Node's own authorities by default, with NODE_EXTRA_CA_CERTS. */
  trust?: SecureContext
}

/** Opens a connection to the hub, secured where its address says so, within the life. Rejects with `UnreachedHub`. */
export type OpenHub = (life: Life) => Promise<Socket>

/** The one road to the hub, over the same dial as everything: Node's own gives each address 250 ms, too few for a far one. */
export function roadToHub(road: HubRoad): OpenHub {
  const timedOut = road.proxy === null ? networkFault(road.hub, 'ETIMEDOUT') : proxyUnreachable(road.proxy, 'ETIMEDOUT')
  return (life) =>
    Promise.race([
      open(road, life),
      life.cutoff.then(() => {
        throw new UnreachedHub(timedOut)
      }),
    ])
}

async function open({ hub, proxy, userAgent, resolveHost = systemResolver, trust }: HubRoad, life: Life) {
  const url = new URL(hub)
  // The operator's own choice is judged by nobody.
  const terms = { resolveHost, forbids: () => false, trust, life }
  const opened =
    proxy === null
      ? await openSocket(url, terms, startFigures())
      : await secureSocket(await openTunnel(proxy, url, { ...terms, userAgent }), hostOf(url), trust, startFigures())
  if (opened.kind === 'connected') return opened.socket
  throw new UnreachedHub(networkFault(hub, opened.kind === 'failed' ? opened.detail : 'FORBIDDEN'))
}
