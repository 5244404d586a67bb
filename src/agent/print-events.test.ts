import { describe, expect, test } from 'vitest'

import type { AgentEvent, RoundSummary } from './agent-event.js'
import { describeEvent } from './describe-event.js'
import { printEvents } from './print-events.js'

const round: RoundSummary = {
  roundAt: '2026-11-22T13:04:00.000Z',
  websites: 12,
  good: 11,
  bad: 1,
  medianLatencyUs: 84_400,
  accepted: 12,
  rejected: {},
  unanswered: {},
  unsent: 0,
}

describe('a round in one line', () => {
  test.each([
    [{}, '12 websites  11 good  1 bad  median 84 ms  accepted 12  balance 1200'],
    [{ websites: 1, good: 1, bad: 0, medianLatencyUs: 1940 }, '1 website  1 good  0 bad  median 1.9 ms  accepted 12'],
    [{ medianLatencyUs: null }, '11 good  1 bad  accepted 12'],
    [{ rejected: { LATE: 2, CONFLICT: 1 } }, 'accepted 12  rejected 2 LATE, 1 CONFLICT'],
    [{ unanswered: { PRIVATE_ADDRESS: 3 } }, 'accepted 12  not answered 3 PRIVATE_ADDRESS'],
    [{ unsent: 4 }, 'accepted 12  not sent 4'],
  ] as const)('tells %j', (changes, words) => {
    const line = describeEvent({ event: 'ROUND', pendingPayouts: '1200', ...round, ...changes })
    expect(line).toContain(words)
    expect(line).toMatch(/^\d\d:\d\d  /)
  })

  test('has seconds where the round has', () => {
    const roundAt = '2026-11-22T13:04:05.000Z'
    expect(describeEvent({ event: 'ROUND', pendingPayouts: null, ...round, roundAt })).toMatch(/^\d\d:\d\d:05  /)
  })
})

test('what others wrote cannot reach the terminal as more than text', () => {
  const line = describeEvent({
    event: 'TICK_REJECTED',
    roundAt: round.roundAt,
    reason: 'INVALID',
    message: 'a\u001b[2J\nb\u202e'.padEnd(5000, 'x'),
  })
  expect(line).toContain('a?[2J?b?')
  expect(line.length).toBeLessThan(400)
})

const gone: Extract<AgentEvent, { event: 'DISCONNECTED' }> = {
  event: 'DISCONNECTED',
  fault: 'UNREACHABLE',
  code: null,
  message: 'Nobody there.',
  retryInMs: 100,
}
const back: AgentEvent = { event: 'CONNECTED', validatorId: 'v', pendingPayouts: '0' }

test('people read of a fault that lasts once, and again after it was gone', () => {
  const lines: string[] = []
  const report = printEvents(
    'PEOPLE',
    (line) => lines.push(line),
    () => 0,
  )
  for (const event of [gone, gone, back, gone]) report(event)
  expect(lines.map((line) => line.slice(0, 9))).toEqual(['Nobody th', 'Connected', 'Nobody th'])
})

test('people read of one fault once, whatever time its message shows', () => {
  const lines: string[] = []
  const report = printEvents(
    'PEOPLE',
    (line) => lines.push(line),
    () => 0,
  )
  const expired = { ...gone, code: 'CERT_HAS_EXPIRED', message: 'Expired at 12:00.' }
  for (const event of [expired, { ...expired, message: 'Expired at 12:01.' }, { ...expired, code: 'EPROTO' }])
    report(event)
  expect(lines).toHaveLength(2)
})

test('the first lines name the proxy where there is one', () => {
  const started = { event: 'STARTED', publicKey: 'k', hub: 'https://hub.example', agentVersion: '1' } as const
  expect(describeEvent({ ...started, proxy: null })).toBe('validator k\nhub       https://hub.example')
  expect(describeEvent({ ...started, proxy: 'http://p:3128' })).toContain('\nproxy     http://p:3128 (')
})

test('machines read all, an object a line', () => {
  const lines: string[] = []
  const report = printEvents(
    'JSON',
    (line) => lines.push(line),
    () => 0,
  )
  for (const event of [gone, gone]) report(event)
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { at: '1970-01-01T00:00:00.000Z', ...gone },
    { at: '1970-01-01T00:00:00.000Z', ...gone },
  ])
})
