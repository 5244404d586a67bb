import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { tickFault } from './tick-fault.js'
import { tickStatement } from './tick-statement.js'
import { FAILURE_CLASSES } from './tick.js'
import type { Measurement } from './tick.js'

const GOOD: Measurement = {
  checkedAt: '2026-11-22T13:00:00.250Z',
  status: 'Good',
  failure: null,
  detail: null,
  httpStatus: 200,
  remoteAddress: '203.0.113.80',
  latencyUs: 42_123,
  dnsUs: 1200,
  connectUs: 8000,
  tlsUs: 11_000,
  firstByteUs: 40_001,
  certificateExpiresAt: '2027-01-31T23:59:59.000Z',
}
const BAD: Measurement = { ...GOOD, status: 'Bad', failure: 'TIMEOUT' }
const UNMEASURED: Measurement = {
  ...BAD,
  httpStatus: null,
  remoteAddress: null,
  latencyUs: null,
  dnsUs: null,
  connectUs: null,
  tlsUs: null,
  firstByteUs: null,
  certificateExpiresAt: null,
}
const TASK = { hub: 'http://h', validator: 'v', callback: 'c', website: 'w', url: 'http://w/', round: 'r', check: 'k' }

describe('possible', () => {
  it.each<[string, Measurement]>([
    ['good', GOOD],
    ['bad with figures', BAD],
    ['bad without a figure', UNMEASURED],
    ['the longest durations', { ...GOOD, latencyUs: 2_147_483_647, dnsUs: 0 }],
    ['a detail of 40', { ...BAD, detail: 'A'.repeat(40) }],
    ['statuses at the ends', { ...BAD, failure: 'STATUS', httpStatus: 999 }],
    ['the least status', { ...BAD, failure: 'STATUS', httpStatus: 100 }],
    ['an IPv6 address', { ...GOOD, remoteAddress: '2001:db8::1' }],
    [
      'a certificate of a failed handshake',
      { ...UNMEASURED, failure: 'TLS', certificateExpiresAt: '2020-01-01T00:00:00.000Z' },
    ],
    ['a clock far off', { ...GOOD, checkedAt: '1970-01-01T00:00:00.000Z' }],
  ])('%s', (_, measurement) => {
    expect(tickFault(measurement)).toBeNull()
  })

  it.each(FAILURE_CLASSES)('failure %s', (failure) => {
    expect(tickFault({ ...BAD, failure })).toBeNull()
  })
})

describe('impossible', () => {
  const cases: [keyof Measurement, unknown][] = [
    ['status', 'good'],
    ['status', null],
    ['failure', 'OTHER'],
    ['failure', ''],
    ['failure', null],
    ['failure', 'toString'],
    ['detail', ''],
    ['detail', 'A'.repeat(41)],
    ['detail', 'econnrefused'],
    ['detail', 'A B'],
    ['detail', 'A\n'],
    ['detail', 'A\nhttp-status 200'],
    ['detail', '-'],
    ['detail', 7],
    ['httpStatus', 99],
    ['httpStatus', 1000],
    ['httpStatus', 200.5],
    ['httpStatus', Number.NaN],
    ['httpStatus', '200\n'],
    ['remoteAddress', ''],
    ['remoteAddress', '203.0.113.80\n'],
    ['remoteAddress', 'fe80::1%eth0'],
    ['remoteAddress', 'example.com'],
    ['remoteAddress', ['203.0.113.80']],
    ['checkedAt', ''],
    ['checkedAt', '2026-11-22T13:00:00Z'],
    ['checkedAt', '2026-11-31T13:00:00.000Z'],
    ['checkedAt', ['2026-11-22T13:00:00.250Z']],
    ['certificateExpiresAt', 'Jan 31 23:59:59 2027 GMT'],
    ['certificateExpiresAt', '2027-01-31T23:59:59.000Z\n'],
    ...(['latencyUs', 'dnsUs', 'connectUs', 'tlsUs', 'firstByteUs'] as const).flatMap(
      (name): [keyof Measurement, unknown][] =>
        [-1, 0.5, 2_147_483_648, Number.NaN, Number.POSITIVE_INFINITY, '1', undefined].map((value) => [name, value]),
    ),
  ]
  it.each(cases)('%s %j', (name, value) => {
    expect(tickFault({ ...BAD, [name]: value })).toMatch(new RegExp(`^${name} .*\\.$`))
  })

  it.each<[string, Measurement]>([
    ['failure', { ...GOOD, failure: 'STATUS' }],
    ['latencyUs', { ...GOOD, latencyUs: null }],
  ])('Good: %s', (name, measurement) => {
    expect(tickFault(measurement)).toMatch(new RegExp(`^${name} .* Good\\.$`))
  })
})

it('never throws, and what it lets through makes a statement of 20 lines', () => {
  const garbage = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.double(), fc.constant(null))
  const almost = (value: unknown) => fc.oneof({ weight: 12, arbitrary: fc.constant(value) }, garbage)
  const arbitrary = fc.record(
    Object.fromEntries(Object.entries(BAD).map(([name, value]) => [name, almost(value)])),
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<Measurement>
  let passed = 0
  fc.assert(
    fc.property(arbitrary, (measurement) => {
      if (tickFault(measurement) !== null) return
      passed++
      expect(tickStatement({ ...TASK, ...measurement }).split('\n')).toHaveLength(21)
    }),
    { numRuns: 2000 },
  )
  expect(passed).toBeGreaterThan(100)
})
