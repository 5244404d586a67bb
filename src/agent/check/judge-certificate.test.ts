import { X509Certificate } from 'node:crypto'

import { expect, test } from 'vitest'

import { readPem } from '../../testing/agent/check/loopback.js'
import { DAY_MS } from '../../time.js'
import { judgeDaysLeft, summarizeCertificate } from './judge-certificate.js'

const NOW = Date.UTC(2027, 0, 1)

test('summarizes a certificate', () => {
  expect(summarizeCertificate(new X509Certificate(readPem('expired')))).toEqual({
    subject: 'localhost',
    issuer: 'Overlaps test CA',
    expiresAt: Date.UTC(2021, 0, 1),
  })
})

test.each([
  [10 * DAY_MS, 10, null],
  [10 * DAY_MS - 1, 10, 'CERT_EXPIRES_SOON'],
  [10 * DAY_MS - 1, 9, null],
  [0, 0, null],
  [0, null, null],
  [-1, 0, 'CERT_EXPIRES_SOON'],
])('with %s ms left and %s whole days asked for: %s', (leftMs, certificateDays, detail) => {
  expect(judgeDaysLeft(NOW + leftMs, certificateDays, NOW)?.detail ?? null).toBe(detail)
})
