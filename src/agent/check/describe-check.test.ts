import { describe, expect, test } from 'vitest'

import { DEFAULT_CHECK } from '../../protocol/check.js'
import type { Measurement } from '../../protocol/tick.js'
import type { CertificateSummary, Hop, Measured } from './check-outcome.js'
import { describeCheck } from './describe-check.js'

const TARGET = { url: 'https://example.com/', check: DEFAULT_CHECK, timeoutMs: 10_000 }
const EXPIRES_AT = Date.UTC(2027, 0, 31)

const HOP: Hop = {
  url: 'https://www.example.com/',
  remoteAddress: '8.8.8.8',
  httpStatus: 200,
  dnsUs: 1200,
  connectUs: 8000,
  tlsUs: 11_000,
  firstByteUs: 40_001,
  certificate: null,
  isTrusted: true,
  attempts: [],
  aliveAt: 0,
}
const CERTIFICATE = { subject: 'www.example.com', issuer: 'Example CA', expiresAt: EXPIRES_AT }

function outcome(changes: Partial<Measurement> = {}, certificate: CertificateSummary = CERTIFICATE): Measured {
  const { url: _, certificate: _none, ...figures } = HOP
  return {
    kind: 'measured',
    certificate,
    startedAt: 0,
    endedAt: 42,
    hops: [{ ...HOP, url: TARGET.url, httpStatus: 301 }, HOP],
    measurement: {
      checkedAt: '2027-01-01T00:00:00.000Z',
      status: 'Good',
      failure: null,
      detail: null,
      latencyUs: 42_123,
      certificateExpiresAt: '2027-01-31T00:00:00.000Z',
      ...figures,
      ...changes,
    },
  }
}

describe('describeCheck', () => {
  test('tells what was found and what would be sent', () => {
    expect(describeCheck(TARGET, outcome(), 'PLAIN')).toBe(`Good  https://example.com/

  redirect     301 from https://example.com/
  asked last   https://www.example.com/
  HTTP status  200
  address      8.8.8.8
  dns          1.2 ms
  connect      8.0 ms
  tls          11.0 ms
  first byte   40.0 ms
  total        42.1 ms
  certificate  www.example.com, issued by Example CA, expires in 30 days (2027-01-31)

A validator would sign and send:
  url https://example.com/
  check 903ae90b323c0b70b003e841d81f988e23896092f25146448c17f71d6aba85ad
  checked 2027-01-01T00:00:00.000Z
  status Good
  failure -
  detail -
  http-status 200
  remote 8.8.8.8
  latency-us 42123
  dns-us 1200
  connect-us 8000
  tls-us 11000
  first-byte-us 40001
  certificate-expires 2027-01-31T00:00:00.000Z`)
  })

  test.each([
    [{ failure: 'STATUS', httpStatus: 500 }, 'STATUS: The HTTP status is 500, asked for is 200-299.'],
    [{ failure: 'DNS', detail: 'ENOTFOUND' }, 'DNS ENOTFOUND: The name leads to no address.'],
    [{ failure: 'TIMEOUT', detail: 'IN_TLS' }, 'TIMEOUT IN_TLS: The time was up.'],
    [{ failure: 'REDIRECT', detail: 'TOO_MANY_REDIRECTS' }, 'It redirects more than 5 times.'],
    [{ failure: 'TLS', detail: 'CERT_EXPIRES_SOON_INTERMEDIATE' }, 'An intermediate certificate, which'],
    [{ failure: 'PROTOCOL', detail: 'INVALID_HEADER_CONTENT_LENGTH' }, 'Its header content-length is such'],
    [{ failure: 'PROTOCOL', detail: 'HPE_INVALID_CONSTANT' }, 'What came is no HTTP'],
  ] as const)('says why it is Bad: %j', (changes, sentence) => {
    const text = describeCheck(TARGET, outcome({ status: 'Bad', latencyUs: null, ...changes }), 'PLAIN')
    expect(text).toMatch(/^Bad {2}/)
    expect(text).toContain(sentence)
    expect(text).toContain('total        not measured')
  })

  test('says so when a certificate has expired', () => {
    const certificate = { subject: 's', issuer: 'i', expiresAt: Date.UTC(2026, 11, 30) }
    expect(describeCheck(TARGET, outcome({}, certificate), 'PLAIN')).toContain('expired 2 days ago')
  })

  test('tells why there is no answer', () => {
    const refused = { kind: 'refused', reason: 'PRIVATE_ADDRESS', message: 'It is private.' } as const
    expect(describeCheck(TARGET, refused, 'PLAIN')).toBe('No answer  https://example.com/\nIt is private.')
    expect(describeCheck(TARGET, { kind: 'aborted' }, 'PLAIN')).toContain('Called off')
  })

  test('lets no text of the server reach the terminal as a command', () => {
    const certificate = { subject: '\u001B]0;pwned\u0007\u202Eevil', issuer: 'a\nGood', expiresAt: null }
    const text = describeCheck(TARGET, outcome({}, certificate), 'PLAIN')
    expect(text).toContain('?]0;pwned??evil, issued by a?Good, without a date of expiry')
  })

  test('has colours where asked for', () => {
    expect(describeCheck(TARGET, outcome(), 'COLOUR')).toContain('\u001B[32mGood\u001B[39m')
  })
})
