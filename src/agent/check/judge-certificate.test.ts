import { X509Certificate } from 'node:crypto'

import { expect, test } from 'vitest'

import { readPem } from '../../testing/agent/check/loopback.js'
import { DAY_MS } from '../../time.js'
import { judgeDaysLeft, summarizeCertificate } from './judge-certificate.js'

test('summarizes a certificate', () => {
  expect(summarizeCertificate(new X509Certificate(readPem('expired')))).toEqual({
    subject: 'localhost',
    issuer: 'Overlaps test CA',
    expiresAt: Date.UTC(2021, 0, 1),
  })
})

const trusted = new X509Certificate(readPem('trusted'))
const EXPIRES_AT = Date.parse(trusted.validTo)

test.each([
  [10 * DAY_MS, 10, 'LEAF', null],
  [10 * DAY_MS - 1, 10, 'LEAF', 'CERT_EXPIRES_SOON'],
  [10 * DAY_MS - 1, 10, 'INTERMEDIATE', 'CERT_EXPIRES_SOON_INTERMEDIATE'],
  [10 * DAY_MS - 1, 10, 'ROOT', 'CERT_EXPIRES_SOON_ROOT'],
  [10 * DAY_MS - 1, 9, 'LEAF', null],
  [0, 0, 'LEAF', null],
  [0, null, 'LEAF', null],
  [-1, 0, 'LEAF', 'CERT_EXPIRES_SOON'],
] as const)('with %s ms left and %s whole days asked for, %s: %s', (leftMs, certificateDays, place, detail) => {
  const fault = judgeDaysLeft({ certificate: trusted, place }, certificateDays, EXPIRES_AT - leftMs)
  expect(fault?.detail ?? null).toBe(detail)
})
