import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

import { detailOf } from '../../dial/dial-fault.js'

/** Any: nothing is sent. */
const PORT = 9

/** What this machine's own tables say of reaching an address, or `null` where they have a way. */
export function kernelFault(address: string): Promise<string | null> {
  return askKernel(address, (_, fault) => fault)
}

/** This machine's own address towards another one, or `null` where its tables have no way. */
export function kernelSource(address: string): Promise<string | null> {
  return askKernel(address, (socket, fault) => (fault === null ? socket.address().address : null))
}

/** A UDP socket that is connected asks the tables and sends nothing. */
function askKernel<Answer>(address: string, read: (socket: Socket, fault: string | null) => Answer): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    const end = (error?: unknown) => {
      const answer = read(socket, error === undefined || error === null ? null : detailOf(error, 'UNREACHABLE'))
      socket.removeAllListeners().close()
      resolve(answer)
    }
    socket.once('error', end)
    socket.connect(PORT, address, end)
  })
}
