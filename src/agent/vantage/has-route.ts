import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { detailOf } from '../../dial/dial-fault.js'

const WITHOUT = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])
const DISCARD_PORT = 9

/** Asks the kernel alone: to connect a UDP socket sends nothing. */
export function hasRoute(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    const settle = (error?: unknown) => {
      resolve(!WITHOUT.has(detailOf(error, '')))
      socket.removeAllListeners().close()
    }
    socket.once('error', settle)
    socket.connect(DISCARD_PORT, address, settle)
  })
}
