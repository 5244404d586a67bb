import { validateHeaderName, validateHeaderValue } from 'node:http'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkFault, checkFaults } from './check-fault.js'
import { checkStatement } from './check-statement.js'
import { DEFAULT_CHECK } from './check.js'
import type { Check, HttpHeader, KeywordRule } from './check.js'

const header = (name: string, value = 'a'): Partial<Check> => ({ headers: [{ name, value }] })
const keyword = (text: string): Partial<Check> => ({ keyword: text, keywordMust: 'PRESENT' })

describe('fine', () => {
  it.each<[string, Partial<Check>]>([
    ['defaults', {}],
    ['least numbers', { timeoutMs: 1, redirects: 0, maxLatencyMs: 1, certificateDays: 0 }],
    ['greatest numbers', { timeoutMs: 60_000, redirects: 10, maxLatencyMs: 60_000, certificateDays: 3650 }],
    ['keyword of 256 bytes', keyword('ä'.repeat(128))],
    ['keyword of two lines', keyword('a\nb')],
    ['keyword beyond the BMP', keyword('😀')],
    ['POST with a body', { method: 'POST', body: '{"q":"ä"}\n' }],
    ['POST with an empty body', { method: 'POST', body: '' }],
    ['POST without a body', { method: 'POST' }],
    ['body of 64 KiB', { method: 'POST', body: 'a'.repeat(65_536) }],
    ['HEAD', { method: 'HEAD' }],
    ['header with blanks inside', header('X-Api-Key', 'abc  123')],
    ['empty header value', header('x-empty', '')],
    ['header value of one character', header('x', '~')],
    ['header value of 1024', header('x', 'a'.repeat(1024))],
    ['20 headers', { headers: Array.from({ length: 20 }, (_, n) => ({ name: `x-${n}`, value: 'a' })) }],
  ])('%s', (_, settings) => {
    expect(checkFault({ ...DEFAULT_CHECK, ...settings })).toBeNull()
  })
})

describe('refused', () => {
  it.each<[keyof Check, string, Partial<Check>]>([
    ['timeoutMs', '0', { timeoutMs: 0 }],
    ['timeoutMs', 'too long', { timeoutMs: 60_001 }],
    ['timeoutMs', 'broken', { timeoutMs: 1.5 }],
    ['timeoutMs', 'NaN', { timeoutMs: Number.NaN }],
    ['redirects', 'too many', { redirects: 11 }],
    ['redirects', 'negative', { redirects: -1 }],
    ['maxLatencyMs', '0', { maxLatencyMs: 0 }],
    ['maxLatencyMs', 'too long', { maxLatencyMs: 60_001 }],
    ['certificateDays', 'negative', { certificateDays: -1 }],
    ['certificateDays', 'too many', { certificateDays: 3651 }],
    ['statuses', 'empty', { statuses: '' }],
    ['statuses', 'with a blank', { statuses: '200, 401' }],
    ['statuses', 'overlapping', { statuses: '200-299,250' }],
    ['statuses', 'too long', { statuses: Array.from({ length: 51 }, (_, n) => 200 + n).join(',') }],
    ['keyword', 'empty', keyword('')],
    ['keyword', 'of 257 bytes', keyword(`a${'ä'.repeat(128)}`)],
    ['keyword', 'half a pair', keyword('\ud83d')],
    ['keyword', 'NUL', keyword('a\0b')],
    ['keyword', 'with HEAD', { method: 'HEAD', ...keyword('a') }],
    ['keywordMust', 'missing', { keyword: 'a' }],
    ['keywordMust', 'alone', { keywordMust: 'ABSENT' }],
    ['body', 'with GET', { body: 'a' }],
    ['body', 'empty with HEAD', { method: 'HEAD', body: '' }],
    ['body', 'too long', { method: 'POST', body: 'ä'.repeat(32_769) }],
    ['body', 'half a pair', { method: 'POST', body: 'a\udc00' }],
    ['headers', 'too many', { headers: Array.from({ length: 21 }, (_, n) => ({ name: `x-${n}`, value: 'a' })) }],
    [
      'headers',
      'twice',
      {
        headers: [
          { name: 'Accept', value: 'a' },
          { name: 'accept', value: 'b' },
        ],
      },
    ],
    ['headers', 'no name', header('')],
    ['headers', 'long name', header('x'.repeat(101))],
    ['headers', 'name with a blank', header('x y')],
    ['headers', 'name with a colon', header('x:')],
    ['headers', 'name with a line feed', header('x\n')],
    ['headers', 'name beyond ASCII', header('\u212aey')],
    ['headers', 'value of 1025', header('x', 'a'.repeat(1025))],
    ['headers', 'value with CRLF', header('x', 'a\r\nhost: b')],
    ['headers', 'value with a line feed at its end', header('x', 'a\n')],
    ['headers', 'value with a tab', header('x', 'a\tb')],
    ['headers', 'value with NUL', header('x', 'a\0')],
    ['headers', 'value beyond ASCII', header('x', 'ä')],
    ['headers', 'blank before the value', header('x', ' a')],
    ['headers', 'blank behind the value', header('x', 'a ')],
  ])('%s: %s', (name, _, settings) => {
    expect(checkFault({ ...DEFAULT_CHECK, ...settings })).toMatch(new RegExp(`^${name} .+\\.$`))
  })

  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'connection',
    'keep-alive',
    'proxy-connection',
    'proxy-authenticate',
    'proxy-authorization',
    'TE',
    'trailer',
    'Upgrade',
    'http2-settings',
    'expect',
    'Accept-Encoding',
    'User-Agent',
  ])('header %s', (name) => {
    expect(checkFault({ ...DEFAULT_CHECK, ...header(name) })).toContain(name.toLowerCase())
  })
})

it('tells everything that is wrong, each with the path of its field', () => {
  const headers = [
    { name: 'accept', value: 'a' },
    { name: 'x y', value: ' a' },
    { name: 'Accept', value: 'b' },
  ]
  const faults = checkFaults({
    ...DEFAULT_CHECK,
    timeoutMs: 0,
    redirects: 11,
    statuses: '',
    keyword: '',
    body: 'a',
    headers,
  })
  expect(faults.map(({ field }) => field)).toEqual([
    'timeoutMs',
    'redirects',
    'statuses',
    'keywordMust',
    'keyword',
    'headers[1].name',
    'headers[1].value',
    'headers[2].name',
    'body',
  ])
  for (const { field, message } of faults) expect(message.startsWith(field.replace(/\[.*/, ''))).toBe(true)
})

it('looks at no header of too many', () => {
  const headers = Array.from({ length: 21 }, () => ({ name: '', value: '' }))
  expect(checkFaults({ ...DEFAULT_CHECK, headers })).toMatchObject([{ field: 'headers' }])
})

it('never throws, and what it lets through has a statement and headers that can be sent', () => {
  const mostly = <T>(value: T, other: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, other)
  const text = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 }))
  const header: fc.Arbitrary<HttpHeader> = fc.record({ name: fc.string({ minLength: 1, maxLength: 3 }), value: text })
  const check: fc.Arbitrary<Check> = fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'POST'),
    timeoutMs: mostly(1000, fc.double()),
    statuses: mostly('200-299', text),
    redirects: mostly(5, fc.double()),
    keyword: mostly<string | null>(null, text),
    keywordMust: mostly<KeywordRule | null>(null, fc.constantFrom('PRESENT', 'ABSENT')),
    maxLatencyMs: mostly<number | null>(null, fc.double()),
    certificateDays: mostly<number | null>(null, fc.double()),
    ipVersion: fc.constantFrom('ANY', 'V4', 'V6'),
    headers: fc.array(header, { maxLength: 2 }),
    body: mostly<string | null>(null, text),
  })
  let passed = 0
  fc.assert(
    fc.property(check, (settings) => {
      if (checkFault(settings) !== null) return
      passed++
      expect(checkStatement(settings).split('\n')).toHaveLength(13)
      for (const { name, value } of settings.headers) {
        expect(() => validateHeaderName(name)).not.toThrow()
        expect(() => validateHeaderValue(name, value)).not.toThrow()
      }
    }),
    { numRuns: 2000 },
  )
  expect(passed).toBeGreaterThan(100)
})
