import { kernelFault, WITHOUT_WAY } from '../machine/kernel-fault.js'
import { readWayTo } from './ways-out.js'

/** Whether this machine has a way to an address, by the kernel alone; also where that cannot be asked now. */
export async function hasRoute(address: string): Promise<boolean> {
  const fault = await kernelFault(address)
  if (fault !== null) return !WITHOUT_WAY.has(fault)
  return readWayTo(address).then(
    (way) => way !== null,
    () => true,
  )
}
