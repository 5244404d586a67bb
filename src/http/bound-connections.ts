import type { Server } from 'node:http'
import { addressKey } from '../rates.js'
import { createQuota } from './quota.js'

interface ConnectionBounds {
  most: number
  mostOfAddress: number
  /** Such as a proxy's, whose connections are other people's. */
  isExempt(address: string): boolean
}

/** Cuts off excess connections before a byte of them is read. */
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
