import { isIP } from 'node:net'
import { hostNameOf } from '../protocol/host-name.js'

export interface ProvableHost {
  /** Name or address, in the spelling of `hostNameOf`; without a port. */
  name: string
  /** With its port unless that is the scheme's own: any user of a machine may listen at other ports, and proves that port alone. */
  host: string
  origin: string
  isAddress: boolean
}

export function provableHost(url: string): ProvableHost {
  const parsed = new URL(url)
  const name = hostNameOf(parsed)
  const isAddress = isIP(name) !== 0
  const shown = isIP(name) === 6 ? `[${name}]` : name
  return { name, host: parsed.port === '' ? name : `${shown}:${parsed.port}`, origin: parsed.origin, isAddress }
}

/** What a proof may be kept under that holds for a website, the widest first. */
export function coveringProofs({ name, host }: Pick<ProvableHost, 'name' | 'host'>): string[] {
  return name === host ? [name] : [name, host]
}
