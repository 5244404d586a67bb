import { expect, test } from 'vitest'

import type { FailureClass } from '../../protocol/tick.js'
import { isStalled } from './judge-stall.js'

const CALM = { lateMs: 0, longestMs: 0, lateAtEndMs: 0, steppedMs: 0 }
const STOPPED = { ...CALM, lateMs: 8000, longestMs: 8000 }
const SUSPENDED = { ...CALM, steppedMs: 3_600_000 }
/** As at 3 % of a CPU: much in all, little at a time. */
const STARVED = { ...CALM, lateMs: 1200, longestMs: 97 }
const BUSY = { ...CALM, lateMs: 90, longestMs: 20 }

const terms = { check: { maxLatencyMs: 1000 }, timeoutMs: 10_000, elapsedMs: 10_004 }
const bad = (failure: FailureClass, detail: string | null, httpStatus: number | null = null) => ({
  status: 'Bad' as const,
  failure,
  detail,
  httpStatus,
})
const good = { status: 'Good' as const, failure: null, detail: null, httpStatus: 200 }
const timeout = bad('TIMEOUT', 'IN_HEAD')
const latency = bad('ASSERTION', 'LATENCY', 200)

test.each([
  ['a time-out in calm stands', timeout, CALM, false],
  ['a time-out under a busy loop stands', timeout, BUSY, false],
  ['a time-out after a stop is ours', timeout, STOPPED, true],
  ['a time-out after a suspension is ours', timeout, SUSPENDED, true],
  ['a time-out under a starved loop is ours', timeout, STARVED, true],
  ['a latency in calm stands', latency, CALM, false],
  ['a latency under a busy loop stands', latency, BUSY, false],
  ['a latency under a starved loop is ours', latency, STARVED, true],
  ['a latency of a loop late by a tenth of its limit stands', latency, { ...CALM, lateMs: 100 }, false],
  ['a latency of a loop late by more is ours', latency, { ...CALM, lateMs: 101 }, true],
  ['a silent name server in calm stands', bad('DNS', 'ETIMEOUT'), CALM, false],
  ['a silent name server after a stop is ours', bad('DNS', 'ETIMEOUT'), STOPPED, true],
  ['a silent host by the kernel after a stop is ours', bad('CONNECT', 'ETIMEDOUT'), STOPPED, true],
  ['a reset in calm stands', bad('CONNECT', 'ECONNRESET'), CALM, false],
  ['a reset under a starved loop stands', bad('CONNECT', 'ECONNRESET'), STARVED, false],
  ['a reset after a stop is ours', bad('CONNECT', 'ECONNRESET'), STOPPED, true],
  ['a reset after a suspension is ours', bad('CONNECT', 'ECONNRESET'), SUSPENDED, true],
  ['a cut body after a stop is ours', bad('PROTOCOL', 'BODY_CUT', 200), STOPPED, true],
  ['a cut handshake after a stop is ours', bad('TLS', 'HANDSHAKE_CUT'), STOPPED, true],
  ['a closed connection after a stop is ours', bad('CONNECT', 'NO_ANSWER'), STOPPED, true],
  ['408 after a stop is ours', bad('STATUS', null, 408), STOPPED, true],
  ['408 in calm stands', bad('STATUS', null, 408), CALM, false],
  ['another status after a stop stands', bad('STATUS', null, 500), STOPPED, false],
  ['a refusal after a stop stands', bad('CONNECT', 'ECONNREFUSED'), STOPPED, false],
  ['an expired certificate after a stop stands', bad('TLS', 'CERT_HAS_EXPIRED'), STOPPED, false],
  ['a missing keyword after a stop stands', bad('ASSERTION', 'KEYWORD_MISSING', 200), STOPPED, false],
  ['an unknown name after a stop stands', bad('DNS', 'ENOTFOUND'), STOPPED, false],
  ['Good after a stop stands', good, STOPPED, false],
  ['Good under a starved loop stands', good, STARVED, false],
] as const)('%s', (_, measurement, strain, expected) => {
  expect(isStalled(measurement, terms, strain)).toBe(expected)
})

test('a time-out whose own timer was late is ours, though the loop was late for a small part of it', () => {
  const strain = { ...CALM, lateMs: 400, longestMs: 400 }
  expect(isStalled(timeout, { ...terms, timeoutMs: 60_000 }, { ...strain, lateAtEndMs: 400 })).toBe(true)
  expect(isStalled(timeout, { ...terms, timeoutMs: 60_000 }, strain)).toBe(false)
})
