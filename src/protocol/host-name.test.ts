import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coveringHosts, hostNameOf, readHostName } from './host-name.js'

describe('hostNameOf', () => {
  it.each([
    ['http://example.com/', 'example.com'],
    ['https://EXAMPLE.com:8443/x?y', 'example.com'],
    ['https://example.com./', 'example.com'],
    ['http://bücher.example/', 'xn--bcher-kva.example'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://[2001:DB8:0:0::1]:8080/', '2001:db8::1'],
    ['http://[::ffff:203.0.113.7]/', '203.0.113.7'],
  ])('of %s is %s', (url, host) => {
    expect(hostNameOf(new URL(url))).toBe(host)
  })
})

describe('readHostName', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['com', 'com'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7'],
  ])('takes %s', (text, host) => {
    expect(readHostName(text)).toBe(host)
  })

  it.each([
    '',
    '.',
    ' example.com',
    'https://example.com',
    'example.com/x',
    'example.com:80',
    'example.com:8080',
    'me@example.com',
    'a..example',
    '*.example.com',
    'fe80::1%eth0',
    `${'a'.repeat(60)}.`.repeat(5),
  ])('takes no %j', (text) => {
    expect(readHostName(text)).toBeNull()
  })

  it('reads what it has made as the same again, whatever was written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        const host = readHostName(text)
        expect(host === null ? null : readHostName(host)).toBe(host)
      }),
    )
  })
})

describe('coveringHosts', () => {
  it.each([
    ['a.b.example', ['a.b.example', 'b.example', 'example']],
    ['example', ['example']],
    ['203.0.113.7', ['203.0.113.7']],
    ['2001:db8::1', ['2001:db8::1']],
  ])('of %s are %j', (host, covering) => {
    expect(coveringHosts(host)).toEqual(covering)
  })
})
