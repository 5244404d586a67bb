import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { isPublicAddress } from './public-address.js'

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2001:4860:4860::8888',
  '2A00:1450:4001:0800:0000:0000:0000:200E',
  '2001:200::1',
  '::ffff:8.8.8.8',
  '::ffff:808:808',
  '64:ff9b::8.8.8.8',
  '64:ff9b::808:808',
]

const NOT_PUBLIC: Record<string, string[]> = {
  'this network': ['0.0.0.0', '0.1.2.3', '0.255.255.255'],
  loopback: ['127.0.0.1', '127.0.0.2', '127.255.255.255', '::1', '0:0:0:0:0:0:0:1'],
  unspecified: ['::', '0:0:0:0:0:0:0:0'],
  private: ['10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  'shared by carriers': ['100.64.0.0', '100.127.255.255', '100.100.100.200'],
  'link-local': ['169.254.0.0', '169.254.169.254', '169.254.170.2', 'fe80::1', 'febf::1'],
  'unique local': ['fc00::', 'fd00::1', 'fd00:ec2::254', 'fdff:ffff::'],
  'site-local, deprecated': ['fec0::1'],
  'cloud wire servers': ['168.63.129.16', '192.0.0.192'],
  'IETF assignments': ['192.0.0.0', '192.0.0.170', '192.0.0.255', '2001:1::1', '2001:1ff::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.255', '2001:db8::1', '3fff::1', '3fff:fff::1'],
  benchmarking: ['198.18.0.0', '198.19.255.255', '2001:2::1'],
  '6to4 relay': ['192.88.99.1'],
  'AS112 and AMT': ['192.31.196.1', '192.175.48.1', '192.52.193.1', '2001:3::1', '2001:4:112::1', '2620:4f:8000::1'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  'reserved and broadcast': ['240.0.0.1', '255.255.255.254', '255.255.255.255'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:10.0.0.1', '::ffff:168.63.129.16', '::ffff:a9fe:a9fe'],
  'IPv4-compatible': ['::127.0.0.1', '::7f00:1', '::8.8.8.8', '::808:808'],
  'IPv4-translated': ['::ffff:0:8.8.8.8', '::ffff:0:127.0.0.1'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::168.63.129.16'],
  'NAT64 of a local prefix': ['64:ff9b:1::8.8.8.8', '64:ff9b:1::7f00:1'],
  '6to4': ['2002:7f00:1::', '2002:a00:1::1', '2002:808:808::1'],
  Teredo: ['2001::1', '2001:0:808:808::'],
  'ORCHID and DRIP': ['2001:10::1', '2001:20::1', '2001:30::1'],
  'discard and segment routing': ['100::1', '5f00::1'],
  'never given out': ['4000::1', '8000::1', 'e000::1', '1::1', '200::1'],
  'with a zone': ['fe80::1%eth0', '2606:4700:4700::1111%eth0', '::1%lo'],
  'other spellings': ['127.1', '2130706433', '0x7f000001', '0177.0.0.1', '134744072', '8.8.2056', '08.8.8.8'],
  'no address': [
    '',
    ' ',
    'localhost',
    'example.com',
    '[::1]',
    '[2606:4700:4700::1111]',
    '8.8.8.8 ',
    '8.8.8.8:80',
    '1.1.1',
  ],
}

describe('isPublicAddress', () => {
  test.each(PUBLIC)('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  test.each(Object.entries(NOT_PUBLIC))('%s is not', (_, addresses) => {
    expect(addresses.filter((address) => isPublicAddress(address))).toEqual([])
  })

  test('an address that carries an IPv4 one is as public as that', () => {
    fc.assert(
      fc.property(fc.ipV4(), (ipv4) => {
        const isPublic = isPublicAddress(ipv4)
        expect(isPublicAddress(`::ffff:${ipv4}`)).toBe(isPublic)
        expect(isPublicAddress(`64:ff9b::${ipv4}`)).toBe(isPublic)
        expect(isPublicAddress(`::${ipv4}`)).toBe(false)
      }),
    )
  })

  test('whatever the text, an answer and no error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6()), (text) => {
        expect(typeof isPublicAddress(text)).toBe('boolean')
      }),
    )
  })
})
