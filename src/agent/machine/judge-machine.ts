import { isIPv6 } from 'node:net'

import type { Check } from '../../protocol/check.js'
import { abstained } from '../check/abstained.js'
import type { Abstained } from '../check/abstained.js'
import type { Measured } from '../check/check-outcome.js'
import { dependsOnClock } from './judge-clocks.js'
import type { Clocks } from './judge-clocks.js'
import { isStalled } from './judge-stall.js'
import { kernelFault } from './kernel-fault.js'
import type { Strain } from './stall-watch.js'
import type { MetLimit } from './watch-limits.js'

export interface MachineTerms {
  check: Check
  timeoutMs: number
  strain: Strain
  limit: MetLimit | null
  clocks: Clocks
}

const STALLED =
  'This machine stood still or had too little CPU while it checked: keep it from suspending, give it more CPU, or lower --concurrency.'

/** Whether what a check found rests on this machine alone; `null` where it does not. */
export async function judgeMachine(
  { measurement, hops, startedAt, endedAt }: Measured,
  { check, timeoutMs, strain, limit, clocks }: MachineTerms,
): Promise<Abstained | null> {
  const elapsedMs = endedAt - startedAt
  if (isStalled(measurement, { check, timeoutMs, elapsedMs }, strain)) return abstained('STALLED', STALLED)
  if (limit !== null && (await isOfMachine(limit))) {
    return abstained('LOCAL_LIMIT', `${limit.message} (${limit.code})`)
  }
  if (dependsOnClock(hops, measurement, check.certificateDays, clocks)) {
    return abstained('CLOCK_OFF', clockText(clocks.hubAheadMs))
  }
  return null
}

/** Two codes have other causes, which the kernel's own tables tell apart. */
async function isOfMachine({ code, address }: MetLimit): Promise<boolean> {
  if (address === null) return true
  // Without an address of that family there is nothing to bind to; `vantage` says so.
  if (code === 'EADDRNOTAVAIL') return (await kernelFault(address)) !== code
  // A router may forbid it over IPv6 (ICMPv6 type 1, code 1).
  if (code === 'EACCES' && isIPv6(address)) return (await kernelFault(address)) !== null
  return true
}

function clockText(hubAheadMs: number): string {
  const apart = `This machine's clock and the hub's are ${Math.round(Math.abs(hubAheadMs) / 1000)} s apart`
  return `${apart}, and by one of them alone a certificate is valid: set this machine's clock (such as by timedatectl set-ntp true).`
}
