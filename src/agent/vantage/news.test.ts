import { expect, test } from 'vitest'
import { createManualClock } from '../../testing/manual-clock.js'
import { createNews } from './news.js'

test('those who wait are woken by news, each once, and their timers are gone', async () => {
  const clock = createManualClock(0)
  const news = createNews(clock)
  const both = Promise.all([news.next(1_000), news.next(Infinity)])
  expect(clock.pendingCount()).toBe(2)
  news.tell()
  await both
  expect(clock.pendingCount()).toBe(0)
})

test('who has waited long enough is forgotten, though no news ever comes', async () => {
  const clock = createManualClock(0)
  let cancelled = 0
  const counting = {
    now: clock.now,
    elapsedMs: clock.elapsedMs,
    at(instant: number, task: () => void) {
      const cancel = clock.at(instant, task)
      return () => {
        cancelled += 1
        cancel()
      }
    },
  }
  const news = createNews(counting)
  const waited = Promise.all(Array.from({ length: 100 }, () => news.next(1_000)))
  clock.moveTo(1_000)
  await waited
  news.tell()
  expect(cancelled).toBe(0)
})
