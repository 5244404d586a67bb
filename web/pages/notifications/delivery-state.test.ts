import { expect, it } from 'vitest'
import { deliveryState } from './delivery-state'

const AT = '2026-12-01T12:00:00.000Z'
const NEW = { event: 'incident.opened', deliveredAt: null, abandonedAt: null, nextAttemptAt: null }

it.each([
  ['delivered', { deliveredAt: AT }, 'DELIVERED'],
  ['to be tried again', { nextAttemptAt: AT }, 'WAITING'],
  ['given up', { abandonedAt: AT }, 'ABANDONED'],
  ['a test that failed', { event: 'channel.test', abandonedAt: AT }, 'FAILED'],
  ['a test that was delivered', { event: 'channel.test', deliveredAt: AT }, 'DELIVERED'],
  ['a test without an answer yet', { event: 'channel.test' }, 'UNDER_WAY'],
])('a message that is %s is that', (_, delivery, state) => {
  expect(deliveryState({ ...NEW, ...delivery })).toBe(state)
})
