import type { HubFault } from './hub-fault.js'

/** No connection to the hub came about. */
export class UnreachedHub extends Error {
  override readonly name = 'UnreachedHub'
  readonly fault: HubFault

  constructor(fault: HubFault) {
    super(fault.message)
    this.fault = fault
  }
}
