import { kernelFault } from '../machine/kernel-fault.js'
import { readWayTo } from './ways-out.js'

const WITHOUT = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

/** Whether this machine has a way to an address, by the kernel alone. */
export async function hasRoute(address: string): Promise<boolean> {
  const fault = await kernelFault(address)
  return fault === null ? (await readWayTo(address)) !== null : !WITHOUT.has(fault)
}
