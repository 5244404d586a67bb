import { describe, expect, test } from 'vitest'

import { watchStalls } from './stall-watch.js'
import type { StallClocks } from './stall-watch.js'

function createClocks() {
  let steadyMs = 0
  let wallMs = 1_700_000_000_000
  const tickers = new Set<() => void>()
  const clocks: StallClocks = {
    steady: () => steadyMs,
    wall: () => wallMs,
    every(_, task) {
      tickers.add(task)
      return () => tickers.delete(task)
    },
  }
  return {
    clocks,
    tickerCount: () => tickers.size,
    pass(milliseconds: number) {
      steadyMs += milliseconds
      wallMs += milliseconds
    },
    step: (milliseconds: number) => (wallMs += milliseconds),
    tick: () => tickers.forEach((task) => task()),
  }
}

describe('the stall watch', () => {
  test('runs only while something is watched', () => {
    const { clocks, tickerCount } = createClocks()
    const watch = watchStalls(clocks)
    expect(tickerCount()).toBe(0)
    const ends = [watch.begin(), watch.begin()]
    expect(tickerCount()).toBe(1)
    for (const end of ends) end()
    expect(tickerCount()).toBe(0)
  })

  test('finds nothing in a loop that is on time, whatever passed before', () => {
    const { clocks, pass, tick } = createClocks()
    const watch = watchStalls(clocks)
    pass(60_000)
    const end = watch.begin()
    for (let count = 0; count < 400; count++) {
      pass(27)
      tick()
    }
    expect(end()).toEqual({ lateMs: 0, longestMs: 0, lateAtEndMs: 0, steppedMs: 0 })
  })

  test('sums up what the loop was late by', () => {
    const { clocks, pass, tick } = createClocks()
    const end = watchStalls(clocks).begin()
    for (const late of [80, 300, 80]) {
      pass(25 + late)
      tick()
    }
    pass(25)
    expect(end()).toEqual({ lateMs: 460, longestMs: 300, lateAtEndMs: 0, steppedMs: 0 })
  })

  test('knows of a standstill before its own ticker has run', () => {
    const { clocks, pass, tick } = createClocks()
    const watch = watchStalls(clocks)
    const other = watch.begin()
    const end = watch.begin()
    pass(8025)
    expect(end()).toEqual({ lateMs: 8000, longestMs: 8000, lateAtEndMs: 8000, steppedMs: 0 })
    tick()
    expect(other()).toEqual({ lateMs: 8000, longestMs: 8000, lateAtEndMs: 8000, steppedMs: 0 })
  })

  test('does not lose a stretch that is looked at in small pieces', () => {
    const { clocks, pass } = createClocks()
    const watch = watchStalls(clocks)
    const end = watch.begin()
    pass(25)
    for (let count = 0; count < 100; count++) {
      pass(4)
      watch.begin()()
    }
    expect(end()).toMatchObject({ lateMs: 400, longestMs: 400 })
  })

  test('counts for each only what it was there for', () => {
    const { clocks, pass, tick } = createClocks()
    const watch = watchStalls(clocks)
    const earlier = watch.begin()
    pass(2025)
    const later = watch.begin()
    pass(3000)
    tick()
    expect(later()).toMatchObject({ lateMs: 3000, longestMs: 3000 })
    expect(earlier()).toMatchObject({ lateMs: 5000, longestMs: 5000 })
  })

  test.each([3_600_000, -3_600_000])('sees the wall clock step by %i ms', (stepMs) => {
    const { clocks, pass, step, tick } = createClocks()
    const watch = watchStalls(clocks)
    const before = watch.begin()
    pass(25)
    tick()
    const ended = before()
    const end = watch.begin()
    pass(10)
    step(stepMs)
    expect(end()).toEqual({ lateMs: 0, longestMs: 0, lateAtEndMs: 0, steppedMs: 3_600_000 })
    expect(ended.steppedMs).toBe(0)
    const after = watch.begin()
    pass(25)
    tick()
    expect(after().steppedMs).toBe(0)
  })

  test('takes a clock that is slewed for no step', () => {
    const { clocks, pass, step, tick } = createClocks()
    const end = watchStalls(clocks).begin()
    for (let count = 0; count < 4000; count++) {
      pass(25)
      step(1)
      tick()
    }
    expect(end().steppedMs).toBeLessThan(1000)
  })
})

test('a loop that is really blocked is known to what ran then, and not to what began in it', async () => {
  const watch = watchStalls()
  const end = watch.begin()
  const blockedFrom = performance.now()
  const lateTimer = new Promise((resolve) => setTimeout(resolve, 200))
  while (performance.now() < blockedFrom + 600) JSON.stringify([blockedFrom])
  const within = watch.begin()
  await lateTimer
  const blockedMs = performance.now() - blockedFrom
  const { longestMs } = end()
  expect(longestMs).toBeGreaterThan(500)
  expect(longestMs).toBeLessThanOrEqual(blockedMs)
  expect(within().longestMs).toBeLessThan(blockedMs - 500)
})
