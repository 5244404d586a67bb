import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { isPublicAddress } from './public-address.js'
import { forbidsAddress, hostOf, readTarget } from './target-gate.js'
import type { TargetTerms } from './target-gate.js'
import { ORDINARY_PORTS, parseTargetPorts } from './target-ports.js'

const TERMS: TargetTerms = { allowPrivateTargets: false, targetPorts: ORDINARY_PORTS }
const OWN_NETWORK: TargetTerms = { ...TERMS, allowPrivateTargets: true }

function judge(text: string, terms: TargetTerms = TERMS): string {
  const target = readTarget(text, terms)
  return target instanceof URL ? target.href : target.code
}

test.each([
  ['https://example.com', 'https://example.com/'],
  ['https://example.com./', 'https://example.com./'],
  ['HTTP://EXAMPLE.com:80/a b', 'http://example.com/a%20b'],
  ['http://1.1.1.1/', 'http://1.1.1.1/'],
  ['http://0x08.8.2056/', 'http://8.8.8.8/'],
  ['http://[2606:4700:4700::1111]/', 'http://[2606:4700:4700::1111]/'],
  ['http://[64:ff9b::8.8.8.8]/', 'http://[64:ff9b::808:808]/'],
  ['https://localhost.example.com/', 'https://localhost.example.com/'],
  ['https://notlocal.de/', 'https://notlocal.de/'],
  ['https://mylan.com/', 'https://mylan.com/'],
  ['https://münchen.de/', 'https://xn--mnchen-3ya.de/'],
  ['https://127.0.0.1.example.com/', 'https://127.0.0.1.example.com/'],
])('%s leads to %s', (text, href) => {
  expect(judge(text)).toBe(href)
})

const SPELLINGS = {
  NO_URL: ['', 'example.com', '//example.com/', 'http://', 'http://[::1', 'http://1.2.3.4.5/', 'http://256.1.1.1/'],
  NO_HTTP: [
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:1',
    'data:,a',
    'ws://example.com/',
    'gopher://a.de/',
  ],
  CREDENTIALS: ['https://user@example.com/', 'https://:secret@example.com/', 'http://example.com:80@10.0.0.1/'],
  FRAGMENT: ['https://example.com/#top', 'https://example.com/#'],
  TOO_LONG: [`https://example.com/${'a'.repeat(2029)}`, `https://example.com/${'ä'.repeat(400)}`, 'x'.repeat(1e6)],
  PRIVATE_NAME:
    `http://localhost/ http://LOCALHOST./ http://a.localhost/ http://a.LocalHost./ http://ｌｏｃａｌｈｏｓｔ/ http://l%6fcalhost/
    http://printer.local/ http://metadata.google.internal/ http://a.internal./ http://nas.home.arpa/ http://router/ http://com/
    http://com./ http://localhost../ http://a..example.com/ http://.example.com/ http://localhost.localdomain/ http://wiki.corp/
    http://nas.lan/ http://a.home/ http://db.intranet/ http://x.private/ http://shop.test/ http://localhost。/ http://a。local/`.split(
      /\s+/,
    ),
  PRIVATE_ADDRESS:
    `http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.1/ http://0X7F.0.0.1/
    http://0177.0.0.1/ http://0177.1/ http://017700000001/ http://１２７.０.０.１/ http://127。0。0。1/ http://127．0．0．1/ http://①②⑦.0.0.1/
    http://127.0.0.1./ http://127.1./ http://%31%32%37.0.0.1/ http://127%2e0%2e0%2e1/ http://0/ http://0.0.0.0/ http://0x0/
    http://10.0.0.1/ http://172.16.0.1/ http://192.168.1.1:8080/ http://169.254.169.254/latest/meta-data/ http://2852039166/
    http://0xa9fea9fe/ http://100.100.100.200/ http://100.64.0.1/ http://168.63.129.16/ http://192.0.0.192/ http://198.18.0.1/
    http://240.0.0.1/ http://255.255.255.255/ http://4294967295/ http://224.0.0.1/ http://[::1]/ http://[0:0:0:0:0:0:0:1]/ http://[::]/
    http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::FFFF:10.0.0.1]/ http://[::127.0.0.1]/ http://[::7f00:1]/
    http://[2002:7f00:1::]/ http://[2002:a00:1::1]/ http://[2001:0:7f00:1::]/ http://[64:ff9b::127.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/
    http://[64:ff9b:1::7f00:1]/ http://[fd00::1]/ http://[fd00:ec2::254]/ http://[fe80::1]/ http://[fec0::1]/ http://[2001:db8::1]/
    http://[100::1]/ http://[2001:10::1]/ http://[2001:20::1]/ http://[5f00::1]/ http://[ff02::1]/ http://[::ffff:0:127.0.0.1]/`.split(
      /\s+/,
    ),
  UNUSUAL_PORT: [
    'http://example.com:22/',
    'http://example.com:0/',
    'https://1.1.1.1:6379/',
    'http://[2606:4700::1]:25/',
  ],
}

describe('readTarget', () => {
  test.each(Object.entries(SPELLINGS))('%s', (code, texts) => {
    expect(texts.map((text) => [text, judge(text)])).toEqual(texts.map((text) => [text, code]))
  })

  // A zone means something on one machine only, and no URL may have one.
  test('a zone is no URL', () => {
    expect(judge('http://[fe80::1%25eth0]/')).toBe('NO_URL')
    expect(judge('http://[fe80::1%eth0]/', OWN_NETWORK)).toBe('NO_URL')
  })

  test("says in a sentence what is wrong, and on one's own network takes it, whatever the port", () => {
    for (const text of [...SPELLINGS.PRIVATE_NAME, ...SPELLINGS.PRIVATE_ADDRESS, ...SPELLINGS.UNUSUAL_PORT]) {
      expect(readTarget(text, TERMS)).toMatchObject({
        kind: 'FORBIDDEN',
        message: expect.stringMatching(/OVERLAPS_.*\.$/),
      })
      expect(readTarget(text, OWN_NETWORK)).toBeInstanceOf(URL)
    }
    for (const text of [...SPELLINGS.NO_URL, ...SPELLINGS.NO_HTTP, ...SPELLINGS.CREDENTIALS, ...SPELLINGS.TOO_LONG]) {
      const fault = { kind: 'MALFORMED', message: expect.stringMatching(/^url must .*\.$/) }
      expect(readTarget(text, TERMS)).toMatchObject(fault)
      expect(readTarget(text, OWN_NETWORK)).toMatchObject(fault)
    }
  })

  test('takes the ports that the terms name, and no others', () => {
    for (const port of ORDINARY_PORTS) expect(judge(`http://example.com:${port}/`)).toMatch(/^http/)
    const narrow: TargetTerms = { ...TERMS, targetPorts: [443] }
    expect(judge('https://example.com/', narrow)).toBe('https://example.com/')
    expect(judge('http://example.com/', narrow)).toBe('UNUSUAL_PORT')
    expect(judge('http://example.com:22/', { ...TERMS, targetPorts: 'ANY' })).toBe('http://example.com:22/')
    expect(judge('http://127.0.0.1/', { ...TERMS, targetPorts: 'ANY' })).toBe('PRIVATE_ADDRESS')
  })

  test('every spelling of an IPv4 address is judged as the address', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 6 }), (number, spelling) => {
        const octets = [24, 16, 8, 0].map((bits) => (number >>> bits) & 0xff)
        const address = octets.join('.')
        const text = [
          address,
          String(number),
          `0x${number.toString(16)}`,
          `0${number.toString(8)}`,
          octets.map((octet) => `0x${octet.toString(16)}`).join('.'),
          `${octets[0]}.${number & 0xffffff}`,
          address.replaceAll(/./g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
        ][spelling]
        const expected = isPublicAddress(address) ? `http://${address}/` : 'PRIVATE_ADDRESS'
        expect(judge(`http://${text}/`)).toBe(expected)
        expect(judge(`http://${text}./`)).toBe(expected)
      }),
    )
  })

  test('whatever the text: no error, and what is let through is public and within the terms', () => {
    const text = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.ipV6(), fc.nat(65_535)).map(([address, port]) => `http://[${address}]:${port}/`),
      fc.tuple(fc.ipV4Extended(), fc.nat(65_535)).map(([address, port]) => `https://${address}:${port}/`),
    )
    fc.assert(
      fc.property(text, (given) => {
        const target = readTarget(given, TERMS)
        if (!(target instanceof URL)) return
        expect(['http:', 'https:']).toContain(target.protocol)
        expect(target.username + target.password + target.hash).toBe('')
        expect(ORDINARY_PORTS).toContain(Number(target.port || (target.protocol === 'https:' ? 443 : 80)))
        expect(target.href.length).toBeLessThanOrEqual(2048)
        const host = hostOf(target)
        expect(/^[\d.]+$|:/.test(host) ? isPublicAddress(host) : host.includes('.')).toBe(true)
      }),
    )
  })
})

test.each([
  ['8.8.8.8', false],
  ['127.0.0.1', true],
  ['::ffff:127.0.0.1', true],
  ['fe80::1%eth0', true],
  ['localhost', true],
  ['', true],
])('of a socket, %s is forbidden: %s', (address, isForbidden) => {
  expect(forbidsAddress(address, TERMS)).toBe(isForbidden)
  expect(forbidsAddress(address, OWN_NETWORK)).toBe(false)
})

test.each([
  ['any', 'ANY'],
  [' ANY ', 'ANY'],
  ['443', [443]],
  ['8080, 80,443,80', [80, 443, 8080]],
  ['', null],
  ['443,', null],
  ['0', null],
  ['65536', null],
  ['-1', null],
  ['80-90', null],
  ['0x50', null],
  ['all', null],
])('ports %j are %j', (text, ports) => {
  expect(parseTargetPorts(text)).toEqual(ports)
})
