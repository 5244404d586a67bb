import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrustProxy } from '../trust-proxy.js'
import { createAddressOf, createIsProxy } from './peer-address.js'

const warnings: unknown[] = []
const log = { warn: (...said: unknown[]) => void warnings.push(said) }

function addressOf(trust: TrustProxy, remoteAddress: string | undefined, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return createAddressOf(trust, log)({ headers, socket: { remoteAddress } as never })
}

describe('the address of a request', () => {
  it.each<[string, TrustProxy, string | undefined, string | undefined, string]>([
    ['a peer', null, '198.51.100.9', undefined, '198.51.100.9'],
    ['an IPv4 peer of a socket of both kinds', null, '::ffff:198.51.100.9', undefined, '198.51.100.9'],
    ['a peer with a zone', null, 'fe80::1%eth0', undefined, 'fe80::1'],
    ['a connection that is gone', null, undefined, undefined, ''],
    ['a peer that says to be another', null, '198.51.100.9', '203.0.113.1', '198.51.100.9'],
    ['a proxy that is not believed', null, '127.0.0.1', '203.0.113.1', '127.0.0.1'],
    ['one hop', 1, '127.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['one hop, forged before it', 1, '127.0.0.1', '192.0.2.66, 203.0.113.1', '203.0.113.1'],
    ['two hops, forged before them', 2, '127.0.0.1', '192.0.2.66, 203.0.113.1, 10.0.0.2', '203.0.113.1'],
    ['two hops of which one was left out', 2, '127.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['no word of the proxy', 1, '198.51.100.9', undefined, '198.51.100.9'],
    ['loopback', ['loopback'], '::1', '203.0.113.1', '203.0.113.1'],
    ['loopback as IPv4 in IPv6', ['loopback'], '::ffff:127.0.0.1', '2001:db8::7', '2001:db8::7'],
    ['another than loopback', ['loopback'], '198.51.100.9', '203.0.113.1', '198.51.100.9'],
    ['a network, forged before it', ['10.0.0.0/8'], '10.0.0.1', '10.9.9.9, 203.0.113.1, 10.0.0.2', '203.0.113.1'],
    ['an empty word', 1, '127.0.0.1', '', '127.0.0.1'],
    ['garbage', 1, '127.0.0.1', 'unknown', '127.0.0.1'],
    ['markup', 1, '127.0.0.1', '<script>', '127.0.0.1'],
    ['a number that some take for an address', 1, '127.0.0.1', '2130706433', '127.0.0.1'],
    ['a short form', 1, '127.0.0.1', '10.1', '127.0.0.1'],
    ['garbage behind believed proxies', ['loopback'], '127.0.0.1', '203.0.113.1, what', '127.0.0.1'],
    ['an address with its port', 1, '127.0.0.1', '203.0.113.1:51234', '203.0.113.1'],
    ['an IPv6 address with its port', 1, '127.0.0.1', '[2001:db8::7]:443', '2001:db8::7'],
    ['an IPv4 address in IPv6', 1, '127.0.0.1', '::ffff:203.0.113.1', '203.0.113.1'],
  ])('of %s', (_name, trust, remote, forwarded, expected) => {
    expect(addressOf(trust, remote, forwarded)).toBe(expected)
  })

  it('is an address, whatever they say', () => {
    const words = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constantFrom('unknown', '', ','))
    const trusts = fc.constantFrom<TrustProxy>(null, 1, 3, ['loopback'], ['0.0.0.0/1', '::1'])
    fc.assert(
      fc.property(trusts, fc.array(words, { maxLength: 5 }), (trust, said) => {
        expect(isIP(addressOf(trust, '127.0.0.1', said.join(', ')))).not.toBe(0)
      }),
    )
  })

  it('warns once of a proxy that is not believed, and never of strangers who forge', () => {
    const told = warnings.length
    const find = createAddressOf(null, log)
    const ask = (remoteAddress: string) =>
      find({ headers: { 'x-forwarded-for': '203.0.113.1' }, socket: { remoteAddress } as never })
    ask('8.8.8.8')
    expect(warnings).toHaveLength(told)
    ask('127.0.0.1')
    ask('127.0.0.1')
    expect(warnings).toHaveLength(told + 1)
  })
})

it.each<[TrustProxy, string, boolean]>([
  [null, '198.51.100.9', false],
  [null, '::ffff:127.0.0.1', true],
  [1, '198.51.100.9', true],
  [['198.51.100.0/24'], '198.51.100.9', true],
  [['198.51.100.0/24'], '203.0.113.1', false],
])('with %j, %s carries the requests of others: %s', (trust, address, expected) => {
  expect(createIsProxy(trust)(address)).toBe(expected)
})
