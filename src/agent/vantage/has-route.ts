import { kernelFault } from '../machine/kernel-fault.js'

const WITHOUT = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

/** Whether this machine has a way to an address, by the kernel alone. */
export async function hasRoute(address: string): Promise<boolean> {
  return !WITHOUT.has((await kernelFault(address)) ?? '')
}
