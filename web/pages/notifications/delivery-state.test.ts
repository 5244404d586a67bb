import { expect, it } from 'vitest'
import { deliveryState } from './delivery-state'

const AT = '2026-12-01T12:00:00.000Z'
const NEW = { deliveredAt: null, abandonedAt: null, nextAttemptAt: null, attempts: [] }
const tried = [{ outcome: 'REFUSED' as const }]

it.each([
  ['delivered', { deliveredAt: AT, attempts: [{ outcome: 'DELIVERED' as const }] }, 'DELIVERED'],
  ['to be tried again', { nextAttemptAt: AT, attempts: tried }, 'WAITING'],
  ['not tried yet', { nextAttemptAt: AT }, 'WAITING'],
  ['given up', { abandonedAt: AT, attempts: tried }, 'ABANDONED'],
  ['a test that failed', { attempts: tried }, 'FAILED'],
  ['a test without an answer yet', {}, 'UNDER_WAY'],
])('a message that is %s is that', (_, delivery, state) => {
  expect(deliveryState({ ...NEW, ...delivery })).toBe(state)
})
