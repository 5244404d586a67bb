import { createServer, type RequestListener, type Server } from 'node:http'
import { isIPv6, type AddressInfo } from 'node:net'
import { CONNECTIONS_CHECK_MS, HEADERS_MAX_BYTES, HEADERS_MS, KEEP_ALIVE_MS, REQUEST_MS } from '../limits.js'
import { StartFault } from '../start-fault.js'

const ANY = '::'
const ANY_V4 = '0.0.0.0'
const LOCALHOST_TOO = new Set([ANY, ANY_V4, '127.0.0.1', '::1'])

/** Throws StartFault when the port is taken or may not be opened. */
export async function listen(host: string, port: number, handle: RequestListener): Promise<Server> {
  try {
    return await open(host, port, handle)
  } catch (error) {
    const fault = error as NodeJS.ErrnoException
    // Containers often have no IPv6 at all.
    if (host === ANY && (fault.code === 'EAFNOSUPPORT' || fault.code === 'EADDRNOTAVAIL')) {
      return listen(ANY_V4, port, handle)
    }
    throw listenFault(fault, host, port)
  }
}

async function open(host: string, port: number, handle: RequestListener): Promise<Server> {
  const server = createServer(
    {
      maxHeaderSize: HEADERS_MAX_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
    },
    handle,
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, resolve)
  })
  return server
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** Where this machine reaches what listens on an address of its own. */
export function localOrigin(host: string, port: number): string {
  if (LOCALHOST_TOO.has(host)) return new URL(`http://localhost:${port}`).origin
  return new URL(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`).origin
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): StartFault {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartFault(`Port ${port} is in use by another program: stop it, or choose another port with PORT.`)
    case 'EACCES':
      return new StartFault(`Port ${port} may not be opened by this user: choose one above 1023 with PORT.`)
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFault(`This machine has no address ${host}: set OVERLAPS_HOST to one of its own.`)
    default:
      return new StartFault(`Port ${port} cannot be opened (${error.code ?? error.message}).`)
  }
}
