import { BlockList, isIPv4, SocketAddress } from 'node:net'

import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { expect, test } from 'vitest'

import { isPublicAddress } from './public-address.js'

/**
 * The IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190) with their entries as of 2025-10-09, block by block, and
 * whether the registry calls a block globally reachable. `isPublicAddress` is held against this table, which shares nothing with it. It is
 * stricter than the registry: websites live in none of these blocks, also not where services of the network itself may be reached (PCP,
 * TURN, AS112, AMT, ORCHIDv2, DRIP).
 */
const REGISTRY = `
0.0.0.0/8           false  "This network"
0.0.0.0/32          false  "This host on this network"
10.0.0.0/8          false  Private-Use
100.64.0.0/10       false  Shared Address Space
127.0.0.0/8         false  Loopback
169.254.0.0/16      false  Link Local
172.16.0.0/12       false  Private-Use
192.0.0.0/24        false  IETF Protocol Assignments
192.0.0.0/29        false  IPv4 Service Continuity Prefix
192.0.0.8/32        false  IPv4 dummy address
192.0.0.9/32        true   Port Control Protocol Anycast
192.0.0.10/32       true   Traversal Using Relays around NAT Anycast
192.0.0.170/32      false  NAT64/DNS64 Discovery
192.0.0.171/32      false  NAT64/DNS64 Discovery
192.0.2.0/24        false  Documentation (TEST-NET-1)
192.31.196.0/24     true   AS112-v4
192.52.193.0/24     true   AMT
192.88.99.0/24      -      Deprecated (6to4 Relay Anycast)
192.88.99.2/32      false  6a44-relay anycast address
192.168.0.0/16      false  Private-Use
192.175.48.0/24     true   Direct Delegation AS112 Service
198.18.0.0/15       false  Benchmarking
198.51.100.0/24     false  Documentation (TEST-NET-2)
203.0.113.0/24      false  Documentation (TEST-NET-3)
240.0.0.0/4         false  Reserved
255.255.255.255/32  false  Limited Broadcast
::1/128             false  Loopback Address
::/128              false  Unspecified Address
64:ff9b:1::/48      false  IPv4-IPv6 Translat.
100::/64            false  Discard-Only Address Block
100:0:0:1::/64      false  Dummy IPv6 Prefix
2001::/23           false  IETF Protocol Assignments
2001::/32           -      TEREDO
2001:1::1/128       true   Port Control Protocol Anycast
2001:1::2/128       true   Traversal Using Relays around NAT Anycast
2001:1::3/128       true   DNS-SD Service Registration Protocol Anycast
2001:2::/48         false  Benchmarking
2001:3::/32         true   AMT
2001:4:112::/48     true   AS112-v6
2001:10::/28        -      Deprecated (previously ORCHID)
2001:20::/28        true   ORCHIDv2
2001:30::/28        true   Drone Remote ID Protocol Entity Tags (DETs) Prefix
2001:db8::/32       false  Documentation
2002::/16           -      6to4
2620:4f:8000::/48   true   Direct Delegation AS112 Service
3fff::/20           false  Documentation
5f00::/16           false  Segment Routing (SRv6) SIDs
fc00::/7            false  Unique-Local
fe80::/10           false  Link-Local Unicast
`
/** In the registry as blocks, and to us other spellings of the IPv4 address that they carry. */
const CARRYING_IPV4 = { '::ffff:0:0/96': '::ffff:', '64:ff9b::/96': '64:ff9b::' }
/** Not in those registries, for they are no unicast, are deprecated, or are one cloud's (Azure's metadata and DNS). */
const BESIDES = ['224.0.0.0/4', '168.63.129.16/32', 'ff00::/8', 'fec0::/10', '::/96', '::ffff:0:0:0/96']
/** IANA gives out global unicast from here only. */
const GLOBAL_UNICAST = '2000::/3'

const registered = REGISTRY.trim()
  .split('\n')
  .map((line) => line.split(/\s+/, 1)[0] ?? '')
const special = blockList([...registered, ...BESIDES])
const globalUnicast = blockList([GLOBAL_UNICAST])

function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits = ''] = block.split('/')
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6')
  }
  return list
}

/** By the table alone. */
function isOrdinary(address: string): boolean {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  const plain = new SocketAddress({ address, family })
  return !special.check(plain) && (family === 'ipv4' || globalUnicast.check(plain))
}

/** The first and the last address of a block, and their neighbours outside. */
function edgesOf(block: string): { inside: string[]; outside: string[] } {
  const [address, bits] = ipaddr.parseCIDR(block)
  const width = address.kind() === 'ipv4' ? 32n : 128n
  const first = address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const last = first + (1n << (width - BigInt(bits))) - 1n
  const outside = [first - 1n, last + 1n].filter((number) => number >= 0n && number < 1n << width)
  return {
    inside: [first, last].map((number) => toText(number, width)),
    outside: outside.map((number) => toText(number, width)),
  }
}

function toText(number: bigint, width: bigint): string {
  const bytes = Array.from({ length: Number(width / 8n) }, (_, index) =>
    Number((number >> (width - 8n - 8n * BigInt(index))) & 255n),
  )
  return ipaddr.fromByteArray(bytes).toNormalizedString()
}

test.each([...registered, ...BESIDES])('%s is not public, from its first address to its last', (block) => {
  const { inside, outside } = edgesOf(block)
  expect(inside.filter((address) => isPublicAddress(address))).toEqual([])
  for (const address of outside) expect([address, isPublicAddress(address)]).toEqual([address, isOrdinary(address)])
})

test('what is in no block of the table is public, and nothing else', () => {
  const near = fc.constantFrom(...registered, ...BESIDES, GLOBAL_UNICAST).chain((block) => {
    const { inside, outside } = edgesOf(block)
    return fc.constantFrom(...inside, ...outside)
  })
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), near, globalAddress()), (address) => {
      expect(isPublicAddress(address)).toBe(isOrdinary(address) || carriedIsPublic(address))
    }),
    { numRuns: 2_000 },
  )
})

test.each(Object.entries(CARRYING_IPV4))('%s is judged by the IPv4 address inside', (_, prefix) => {
  fc.assert(
    fc.property(fc.ipV4(), (ipv4) => {
      expect(isPublicAddress(prefix + ipv4)).toBe(isOrdinary(ipv4))
    }),
  )
})

/** fast-check spells IPv6 addresses from everywhere; nearly all lie where nothing was ever given out. */
function globalAddress(): fc.Arbitrary<string> {
  const group = fc.nat(0xffff).map((number) => number.toString(16))
  const first = fc.integer({ min: 0x2000, max: 0x3fff }).map((number) => number.toString(16))
  return fc.tuple(first, group, group, group, group, group, group, group).map((groups) => groups.join(':'))
}

function carriedIsPublic(address: string): boolean {
  if (isIPv4(address)) return false
  const parsed = ipaddr.IPv6.parse(new URL(`http://[${address}]`).hostname.slice(1, -1))
  const carries = Object.keys(CARRYING_IPV4).some((block) => parsed.match(ipaddr.IPv6.parseCIDR(block)))
  return carries && isOrdinary(parsed.toByteArray().slice(12).join('.'))
}
