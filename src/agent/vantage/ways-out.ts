import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import { kernelSource } from '../machine/kernel-fault.js'
import { SOMEWHERE } from './has-any-route.js'
import type { Family } from './topic.js'

/** By family: the interface and the address that lead out of this machine, or null. */
export type WaysOut = Readonly<Record<Family, string | null>>
type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

export interface WaysOutParts {
  sourceTo(address: string): Promise<string | null>
  /** Those that are up and have a carrier. Null where this process may not know. */
  interfaces(): Interfaces | null
}

const OF_THIS_MACHINE: WaysOutParts = { sourceTo: kernelSource, interfaces: readInterfaces }
const PREFIX_BYTES = 8

/** Other interfaces may come and go: containers', those of a private network. */
export async function readWaysOut(parts = OF_THIS_MACHINE): Promise<WaysOut> {
  const [V4, V6] = await Promise.all([readWayTo(SOMEWHERE.V4, parts), readWayTo(SOMEWHERE.V6, parts)])
  return { V4, V6 }
}

export async function readWayTo(address: string, { sourceTo, interfaces }: WaysOutParts = OF_THIS_MACHINE) {
  const source = await sourceTo(address)
  // Every link has one of these of itself.
  if (source === null || (isOfLink(source) && !isOfLink(address))) return null
  const present = interfaces()
  const name = present === null ? '' : nameOf(source, present)
  // The kernel keeps the route of a cable that is pulled.
  return name === null ? null : `${name} ${ownNetwork(source)}`
}

const FORBIDDEN = new Set(['EACCES', 'EAFNOSUPPORT', 'EPERM'])

function readInterfaces(): Interfaces | null {
  try {
    return networkInterfaces()
  } catch (error) {
    const { info } = error as { info?: { code?: string } }
    if (FORBIDDEN.has(info?.code ?? '')) return null
    throw error
  }
}

function nameOf(source: string, present: Interfaces): string | null {
  const names = Object.keys(present)
  return names.find((name) => present[name]?.some(({ address }) => address === source)) ?? null
}

function isOfLink(address: string): boolean {
  return ipaddr.parse(address).range() === 'linkLocal'
}

/** Temporary addresses of IPv6 change each day; their prefix stays. */
function ownNetwork(source: string): string {
  const address = ipaddr.parse(source)
  return address.kind() === 'ipv4' ? source : Buffer.from(address.toByteArray().slice(0, PREFIX_BYTES)).toString('hex')
}
