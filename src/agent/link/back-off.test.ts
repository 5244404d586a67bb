import { describe, expect, test } from 'vitest'

import { MINUTE_MS } from '../../time.js'
import { backOffMs, submissionBackOffMs } from './back-off.js'
import type { HubFaultKind } from './hub-fault.js'

const ATTEMPTS = Array.from({ length: 40 }, (_, attempt) => attempt)

describe('the wait before the next try', () => {
  test.each<[HubFaultKind, number, number]>([
    ['UNREACHABLE', 0, 30_000],
    ['RESTARTING', 250, 10_250],
    ['BUSY', 1000, 2 * MINUTE_MS + 1000],
    ['SESSION_ENDED', 0, 10_000],
    ['NOT_A_HUB', 5000, 5 * MINUTE_MS + 5000],
    ['WRONG_HUB', 15_000, 10 * MINUTE_MS + 15_000],
    ['UNTRUSTED', 0, MINUTE_MS],
    ['PROXY_REFUSED', 5000, 5 * MINUTE_MS + 5000],
    ['BANNED', 5 * MINUTE_MS, 65 * MINUTE_MS],
    ['PROTOCOL_TOO_OLD', 30 * MINUTE_MS, 390 * MINUTE_MS],
    ['REFUSED', 30_000, 31 * MINUTE_MS],
  ])('after %s is from %i to %i ms, however often it was tried', (kind, least, most) => {
    const fault = { kind, retryAfterMs: null }
    for (const attempt of ATTEMPTS) {
      expect(backOffMs(fault, attempt, 0)).toBe(least)
      expect(backOffMs(fault, attempt, 1)).toBeLessThanOrEqual(most)
    }
    expect(backOffMs(fault, 39, 1)).toBeGreaterThan(backOffMs(fault, 0, 1))
  })

  test('is spread over all of its range', () => {
    const fault = { kind: 'UNREACHABLE', retryAfterMs: null } as const
    expect([0, 0.25, 0.5, 1].map((random) => backOffMs(fault, 1, random))).toEqual([0, 250, 500, 1000])
  })

  test('is longer by what the hub asks', () => {
    expect(backOffMs({ kind: 'BUSY', retryAfterMs: 60_000 }, 0, 0)).toBe(61_000)
  })

  test('of a batch leaves it a chance before its deadline', () => {
    for (const attempt of ATTEMPTS) expect(submissionBackOffMs(attempt, 1)).toBeLessThan(10_000)
  })
})
