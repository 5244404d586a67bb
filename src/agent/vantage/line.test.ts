import { expect, test } from 'vitest'
import { MINUTE_MS } from '../../time.js'
import { createLine } from './line.js'

test('packets that were lost count for ten minutes, also on a line that never broke off', () => {
  const line = createLine()
  line.lose(1_000, 2_000)
  line.lose(5 * MINUTE_MS, 5 * MINUTE_MS + 1_000)
  expect(line.touchesDead(1_500, 1_800, 0)).toBe(true)
  line.lose(11 * MINUTE_MS, 11 * MINUTE_MS + 1_000)
  expect(line.touchesDead(1_500, 1_800, 0)).toBe(false)
  expect(line.touchesDead(5 * MINUTE_MS, 5 * MINUTE_MS + 500, 0)).toBe(true)
})

test('the hosts whose signs are oldest are forgotten first', () => {
  const line = createLine()
  const mark = (number: number) => line.mark({ host: `h${number}.example`, address: '', at: number, since: number })
  for (let number = 0; number < 65; number++) mark(number)
  expect(line.latestOf((host) => host === 'h0.example')).toBeNull()
  expect(line.latestOf((host) => host === 'h1.example')).toBe(1)
})
