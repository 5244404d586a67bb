import { isIP } from 'node:net'
import { hostNameOf } from '../protocol/host-name.js'

/** What of a website's URL its owner can prove to be theirs. */
export interface ProvableHost {
  /** Name or address, in the spelling of `hostNameOf`; without a port. */
  name: string
  /**
   * The name with its port where that is not the scheme's own. Whoever answers at 80 or 443 of a machine has it; any user
   * of it may listen at others, so what is seen at another port is proof of that port alone.
   */
  host: string
  /** Scheme, host and port as the URL says them. */
  origin: string
  isAddress: boolean
}

/** @param url a canonical one of a website. */
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
