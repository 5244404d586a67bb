import { isIPv6 } from 'node:net'

/** RFC 8305 §4: the families by turns, beginning with the resolver's first, so that one that is broken costs one attempt. */
export function interleaveFamilies(addresses: readonly string[]): string[] {
  const [first] = addresses
  if (first === undefined) return []
  const own = addresses.filter((address) => isIPv6(address) === isIPv6(first))
  const other = addresses.filter((address) => isIPv6(address) !== isIPv6(first))
  const turns = Array.from({ length: Math.max(own.length, other.length) }, (_, turn) => [own[turn], other[turn]])
  return turns.flat().filter((address) => address !== undefined)
}
