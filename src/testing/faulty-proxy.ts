import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * What a proxy does with what comes. `PASS` it on. `MUTE`: accept connections and bytes, and pass nothing on in either
 * direction. `DEAF`: pass on what clients send, and keep the answers.
 */
type ProxyMode = 'PASS' | 'MUTE' | 'DEAF'

/** A TCP proxy on loopback that can fail as networks do: without a word. */
export interface FaultyProxy {
  port: number
  mode: ProxyMode
  /** Passes on again what comes over new connections; those that are open stay as they are, for good. */
  forgetOpen(): void
  /** Passes everything on again, and what it has kept first. */
  recover(): void
  close(): Promise<void>
}

interface Pair {
  client: Socket
  server: Socket
  isForgotten: boolean
  kept: (() => void)[]
}

export async function startFaultyProxy(targetPort: number): Promise<FaultyProxy> {
  const pairs = new Set<Pair>()
  const listener = createServer((client) => {
    const pair: Pair = { client, server: connect(targetPort, '127.0.0.1'), isForgotten: false, kept: [] }
    pairs.add(pair)
    relay(pair, pair.client, pair.server, () => proxy.mode !== 'MUTE')
    relay(pair, pair.server, pair.client, () => proxy.mode === 'PASS')
    client.once('close', () => pairs.delete(pair))
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')

  const proxy: FaultyProxy = {
    port: (listener.address() as AddressInfo).port,
    mode: 'PASS',
    forgetOpen() {
      for (const pair of pairs) pair.isForgotten = true
      proxy.mode = 'PASS'
    },
    recover() {
      proxy.mode = 'PASS'
      for (const pair of pairs) for (const pass of pair.kept.splice(0)) pass()
    },
    async close() {
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      await new Promise((resolve) => {
        listener.close(resolve)
      })
    },
  }
  return proxy
}

/** Ends are kept as bytes are: a muted connection is half open. */
function relay(pair: Pair, from: Socket, to: Socket, mayPass: () => boolean): void {
  const send = (pass: () => void) => {
    if (!pair.isForgotten && mayPass()) pass()
    else pair.kept.push(pass)
  }
  from.on('error', () => undefined)
  from.on('data', (bytes) => send(() => to.write(bytes)))
  from.on('close', () => send(() => to.destroy()))
}
