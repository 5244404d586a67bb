import { expect, test } from 'vitest'

import type { Measurement } from '../../protocol/tick.js'
import type { AgentEvent } from '../agent-event.js'
import { tellEpisodes } from './tell-episodes.js'
import type { LastingReason } from './lasting-reason.js'

const found: Measurement = {
  checkedAt: '2026-11-22T13:00:01.000Z',
  status: 'Good',
  failure: null,
  detail: null,
  httpStatus: 200,
  remoteAddress: '192.0.2.1',
  latencyUs: 1000,
  dnsUs: 1,
  connectUs: 1,
  tlsUs: 1,
  firstByteUs: 1,
  certificateExpiresAt: '2027-01-01T00:00:00.000Z',
}

function start() {
  const told: string[] = []
  const teller = tellEpisodes((event: AgentEvent) => {
    if (event.event === 'CANNOT_CHECK' || event.event === 'CAN_CHECK_AGAIN') told.push(`${event.event} ${event.reason}`)
  })
  return { teller, told }
}

test('is told once while it lasts, over rounds, and once when it is over', () => {
  const { teller, told } = start()
  for (const roundAt of [1, 2, 3]) {
    for (let count = 0; count < 20; count++) teller.abstained(roundAt, 'NO_NETWORK', 'No way out.')
    teller.measured(roundAt, found)
    teller.roundOver(roundAt)
  }
  expect(told).toEqual(['CANNOT_CHECK NO_NETWORK'])
  teller.measured(4, found)
  teller.roundOver(4)
  teller.measured(5, found)
  teller.roundOver(5)
  expect(told).toEqual(['CANNOT_CHECK NO_NETWORK', 'CAN_CHECK_AGAIN NO_NETWORK'])
})

test.each<[LastingReason, Partial<Measurement>, boolean]>([
  ['NO_NETWORK', { remoteAddress: null }, false],
  ['NO_NETWORK', {}, true],
  ['NO_RESOLVER', { dnsUs: null }, false],
  ['NO_RESOLVER', {}, true],
  ['CLOCK_OFF', { certificateExpiresAt: null }, false],
  ['CLOCK_OFF', {}, true],
  ['NO_ADDRESS_FAMILY', {}, false],
  ['NO_ADDRESS_FAMILY', { remoteAddress: '2001:db8::1' }, true],
  ['STALLED', { remoteAddress: null, dnsUs: null, certificateExpiresAt: null }, true],
])('%s is over where a check went well that needs it: %o, %s', (reason, seen, isOver) => {
  const { teller, told } = start()
  teller.abstained(1, reason, 'Because.')
  teller.measured(1, found)
  teller.roundOver(1)
  teller.measured(2, { ...found, ...seen })
  teller.roundOver(2)
  expect(told).toHaveLength(isOver ? 2 : 1)
})

test('a round without any answer ends nothing', () => {
  const { teller, told } = start()
  teller.abstained(1, 'NO_TIME', 'Late.')
  teller.roundOver(1)
  teller.roundOver(2)
  expect(told).toEqual(['CANNOT_CHECK NO_TIME'])
})
