import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RATE_KEYS_MAX, RATES } from '../limits.js'
import { createRateLimiter, type RateLimiter } from './rate-limiter.js'

let rates: RateLimiter
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T13:00:00.000Z') })
  rates = createRateLimiter({ ...RATES, LOG_INS: 10 })
})
afterEach(() => {
  rates.close()
  vi.useRealTimers()
})
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

describe('take', () => {
  it('lets as much pass in a minute from the first, then tells the seconds that are left', async () => {
    expect(await rates.take('LOG_INS', 'ada', 10)).toBeNull()
    pass(20)
    expect(await rates.take('LOG_INS', 'ada')).toBe(40)
    expect(await rates.take('LOG_INS', 'eve')).toBeNull()
    pass(39.5)
    expect(await rates.take('LOG_INS', 'ada')).toBe(1)
    pass(0.5)
    expect(await rates.take('LOG_INS', 'ada')).toBeNull()
  })

  it('counts nothing of what it refuses, so that less may still pass', async () => {
    await rates.take('LOG_INS', 'ada', 8)
    expect(await rates.take('LOG_INS', 'ada', 3)).toBe(60)
    expect(await rates.take('LOG_INS', 'ada', 2)).toBeNull()
  })

  it('takes what is more than there may be at all for all there may be', async () => {
    expect(await rates.take('LOG_INS', 'ada', 1_000)).toBeNull()
    expect(await rates.take('LOG_INS', 'ada')).toBe(60)
  })

  it('counts each thing apart', async () => {
    await rates.take('LOG_INS', 'ada', 10)
    expect(await rates.take('SIGNUPS', 'ada')).toBeNull()
  })
})

it('look tells the same and counts nothing', async () => {
  expect(await rates.look('LOG_INS', 'ada')).toBeNull()
  await rates.take('LOG_INS', 'ada', 9)
  expect(await rates.look('LOG_INS', 'ada')).toBeNull()
  await rates.charge('LOG_INS', 'ada')
  expect(await rates.look('LOG_INS', 'ada')).toBe(60)
  pass(60)
  expect(await rates.look('LOG_INS', 'ada')).toBeNull()
})

it('charge counts what has no room, and giveBack takes back', async () => {
  await rates.charge('LOG_INS', 'ada', 10)
  await rates.charge('LOG_INS', 'ada', 5)
  await rates.giveBack('LOG_INS', 'ada', 5)
  expect(await rates.take('LOG_INS', 'ada')).toBe(60)
  await rates.giveBack('LOG_INS', 'ada', 1)
  expect(await rates.take('LOG_INS', 'ada')).toBeNull()
  await rates.giveBack('LOG_INS', 'nobody')
  expect(await rates.take('LOG_INS', 'nobody', 10)).toBeNull()
})

it('a flood of keys drives out the one that was longest quiet, and takes no more room', async () => {
  await rates.take('LOG_INS', 'quiet', 10)
  await rates.take('LOG_INS', 'busy', 10)
  for (let index = 0; index < RATE_KEYS_MAX - 2; index++) await rates.take('LOG_INS', `flood ${index}`)
  expect(await rates.take('LOG_INS', 'busy')).toBe(60)
  await rates.take('LOG_INS', 'one more')
  expect(await rates.take('LOG_INS', 'busy')).toBe(60)
  expect(await rates.take('LOG_INS', 'quiet')).toBeNull()
})

it('keeps a key of any length by its hash', async () => {
  const long = 'x'.repeat(1_000_000)
  await rates.take('LOG_INS', long, 10)
  expect(await rates.take('LOG_INS', long)).toBe(60)
  expect(await rates.take('LOG_INS', `${long}y`)).toBeNull()
})

it('who was vouched for at an address answers for itself there, and nowhere else', () => {
  rates.vouch('2001:db8::1', 'key')
  const own = rates.payerOf('2001:db8::2', 'key')
  expect(own).not.toBe(rates.payerOf('2001:db8::2', 'another'))
  expect(rates.payerOf('2001:db8::2', 'another')).toBe('2001:db8:0:0::/64')
  expect(rates.payerOf('192.0.2.1', 'key')).toBe('192.0.2.1')
})
