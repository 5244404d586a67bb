import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartFault } from '../problem.js'

/** Opens the hub's port. @throws StartFault when it is taken or may not be opened. */
export async function listen(host: string, port: number, handle: RequestListener): Promise<Server> {
  const server = createServer(handle)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, host, port)))
    server.listen({ host, port }, resolve)
  })
  return server
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): StartFault {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartFault(`Port ${port} is in use by another program: stop it, or choose another port with PORT.`)
    case 'EACCES':
      return new StartFault(`Port ${port} may not be opened by this user: choose one above 1023 with PORT.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartFault(`This machine has no address ${host}: set OVERLAPS_HOST to one of its own.`)
    default:
      return new StartFault(`Port ${port} cannot be opened (${error.code ?? error.message}).`)
  }
}
