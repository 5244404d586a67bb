import { base58 } from '@scure/base'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  canonicalUrl,
  decodePublicKey,
  decodeSignature,
  encodePublicKey,
  encodeSignature,
  formatInstant,
  hubOrigin,
  isHash,
  isInstant,
  isIpAddress,
  parseInstant,
} from './text-forms.js'

const KEY = 'AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9'

describe('public keys', () => {
  it('has one spelling for every 32 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(decodePublicKey(encodePublicKey(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it.each([
    ['empty', ''],
    ['a blank before', ` ${KEY}`],
    ['a line feed behind', `${KEY}\n`],
    ['a letter the alphabet lacks', KEY.replace('A', '0')],
    ['a leading 1, which is a byte more', `1${KEY}`],
    ['31 bytes', base58.encode(new Uint8Array(31).fill(7))],
    ['33 bytes', base58.encode(new Uint8Array(33).fill(7))],
    ['44 characters of more than 32 bytes', 'z'.repeat(44)],
    ['a lone surrogate', `${KEY.slice(1)}\ud800`],
  ])('refuses %s', (_, text) => {
    expect(decodePublicKey(text)).toBeNull()
  })

  it('looks at the length before the letters', () => {
    const startedAt = performance.now()
    expect(decodePublicKey('z'.repeat(5_000_000))).toBeNull()
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})

describe('signatures', () => {
  it('has one spelling for every 64 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
        expect(decodeSignature(encodeSignature(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  const text = encodeSignature(new Uint8Array(64).fill(0xfb))
  it.each([
    ['empty', ''],
    ['no padding', text.slice(0, -2)],
    ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')],
    ['a blank inside', `${text.slice(0, 40)} ${text.slice(41)}`],
    ['stray last bits', `${text.slice(0, 85)}x==`],
    ['63 bytes', encodeSignature(new Uint8Array(63))],
    ['65 bytes', encodeSignature(new Uint8Array(65))],
    ['88 characters of 66 bytes', 'A'.repeat(88)],
  ])('refuses %s', (_, spelling) => {
    expect(decodeSignature(spelling)).toBeNull()
  })

  it('encodes a window of a larger buffer', () => {
    expect(encodeSignature(new Uint8Array(100).fill(1, 10, 74).subarray(10, 74))).toBe(
      Buffer.alloc(64, 1).toString('base64'),
    )
  })
})

describe('hashes', () => {
  it.each([
    ['a'.repeat(64), true],
    ['A'.repeat(64), false],
    ['a'.repeat(63), false],
    [`${'a'.repeat(64)}\n`, false],
    ['g'.repeat(64), false],
  ])('%j is one: %s', (text, expected) => {
    expect(isHash(text)).toBe(expected)
  })
})

describe('instants', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0],
    ['2026-11-22T13:00:00.250Z', 1_795_352_400_250],
    ['2024-02-29T23:59:59.999Z', 1_709_251_199_999],
    ['0000-01-01T00:00:00.000Z', -62_167_219_200_000],
  ])('reads and writes %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant)
    expect(formatInstant(instant)).toBe(text)
  })

  it.each([
    '',
    '2026-11-22T13:00:00Z',
    '2026-11-22T13:00:00.25Z',
    '2026-11-22T13:00:00.2500Z',
    '2026-11-22T13:00:00.250+00:00',
    '2026-11-22 13:00:00.250Z',
    '2026-11-22t13:00:00.250z',
    '2026-11-22T13:00:00.250Z\n',
    '2026-02-30T00:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22T23:59:60.000Z',
    '2026-13-01T00:00:00.000Z',
    '+002026-11-22T13:00:00.250Z',
    '-000001-01-01T00:00:00.000Z',
  ])('refuses %j', (text) => {
    expect(isInstant(text)).toBe(false)
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (instant) => {
        expect(parseInstant(formatInstant(instant))).toBe(instant)
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 253_402_300_800_000, -62_167_219_200_001])(
    'cannot write %d',
    (instant) => {
      expect(() => formatInstant(instant)).toThrow(RangeError)
    },
  )
})

describe('IP addresses', () => {
  it.each([
    ['203.0.113.7', true],
    ['2001:db8::1', true],
    ['::ffff:203.0.113.7', true],
    ['0000:0000:0000:0000:0000:ffff:255.255.255.255', true],
    ['fe80::1%eth0', false],
    ['[::1]', false],
    ['203.0.113.7 ', false],
    ['203.0.113.07', false],
    ['localhost', false],
    ['-', false],
    ['', false],
  ])('%j is one: %s', (text, expected) => {
    expect(isIpAddress(text)).toBe(expected)
  })
})

describe('hub origins', () => {
  it.each([
    ['http://localhost:8081', 'http://localhost:8081'],
    ['ws://localhost:8081/graphql', 'http://localhost:8081'],
    ['wss://Hub.Example/graphql?a=b#c', 'https://hub.example'],
    ['wss://hub.example:443', 'https://hub.example'],
    ['ws://hub.example:80', 'http://hub.example'],
    ['wss://hub.example:80', 'https://hub.example:80'],
    ['https://hub.example:444/', 'https://hub.example:444'],
    ['ws://user:secret@[::1]:8081', 'http://[::1]:8081'],
    ['http://bücher.example', 'http://xn--bcher-kva.example'],
    ['ftp://hub.example', null],
    ['file:///etc/passwd', null],
    ['localhost:8081', null],
    ['hub.example', null],
    ['', null],
    ['http://', null],
    [`http://${'a'.repeat(3000)}`, null],
  ])('%s is %s', (text, expected) => {
    expect(hubOrigin(text)).toBe(expected)
  })
})

describe('URLs', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://Example.com:443/a/../b?q= a', 'https://example.com/b?q=%20a'],
    ['http://bücher.example/ä', 'http://xn--bcher-kva.example/%C3%A4'],
    ['http://0x7f000001/', 'http://127.0.0.1/'],
    [`https://a.example/${'b'.repeat(2030)}`, `https://a.example/${'b'.repeat(2030)}`],
    [`https://a.example/${'b'.repeat(2031)}`, null],
    [`https://a.example/${'ä'.repeat(400)}`, null],
    ['https://example.com/#top', null],
    ['https://example.com/#', null],
    ['https://user@example.com/', null],
    ['https://:secret@example.com/', null],
    ['ws://example.com/', null],
    ['javascript:alert(1)', null],
    ['example.com', null],
    ['', null],
  ])('%s is %s', (text, expected) => {
    expect(canonicalUrl(text)).toBe(expected)
  })

  it('is canonical once and for all, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })), (text) => {
        const url = canonicalUrl(text)
        if (url === null) return
        expect(canonicalUrl(url)).toBe(url)
        expect(url).toMatch(/^[\x21-\x7e]+$/)
      }),
    )
  })
})

it('never throws on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      for (const read of [
        decodePublicKey,
        decodeSignature,
        isHash,
        parseInstant,
        isIpAddress,
        hubOrigin,
        canonicalUrl,
      ]) {
        expect(() => read(text)).not.toThrow()
      }
    }),
  )
})
