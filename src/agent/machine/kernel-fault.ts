import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

import { detailOf } from '../../dial/dial-fault.js'

/** Of no way to an address; they come from the kernel here, or from a router elsewhere. */
export const WITHOUT_WAY = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EINVAL',
])
/** Any: nothing is sent. */
const PORT = 9

/** What this machine's own tables say of reaching an address, or `null` where they have a way. */
export function kernelFault(address: string): Promise<string | null> {
  return askKernel(address, (_, fault) => fault)
}

/** This machine's own address towards another one, or `null` where its tables have no way. Rejects where they cannot be asked, such as without a file left. */
export async function kernelSource(address: string): Promise<string | null> {
  const { source, fault } = await askKernel(address, (socket, fault) => ({
    source: fault === null ? socket.address().address : null,
    fault,
  }))
  if (fault !== null && !WITHOUT_WAY.has(fault)) throw new Error(`The kernel tells no way to ${address}: ${fault}`)
  return source
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
