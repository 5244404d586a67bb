import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

import { detailOf } from '../../dial/dial-fault.js'

/** Any: nothing is sent. */
const PORT = 9

/** What this machine's own tables say of reaching an address, or `null` where they have a way: a UDP socket asks them and sends nothing. */
export function kernelFault(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    const end = (error?: unknown) => {
      socket.removeAllListeners().close()
      resolve(error === undefined || error === null ? null : detailOf(error, 'UNREACHABLE'))
    }
    socket.once('error', end)
    socket.connect(PORT, address, end)
  })
}
