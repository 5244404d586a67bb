import type { Server } from 'node:http'
import { addressKey } from '../rates.js'
import { createQuota } from './quota.js'

interface ConnectionBounds {
  /** Of all peers. */
  most: number
  /** Of each address. */
  mostOfAddress: number
  /** Whose connections are others': a proxy's. */
  isExempt(address: string): boolean
}

/** Cuts off the connections that are too many, before a byte of them is read. */
export function boundConnections(server: Server, { most, mostOfAddress, isExempt }: ConnectionBounds): void {
  server.maxConnections = most
  const quota = createQuota(mostOfAddress)
  server.on('connection', (socket) => {
    const address = socket.remoteAddress
    if (address === undefined || isExempt(address)) return
    const leave = quota.enter(addressKey(address))
    if (leave === null) socket.destroy()
    else socket.once('close', leave)
  })
}
