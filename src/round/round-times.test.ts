import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startOffset } from './start-offset.js'
import { findRoundFaults, intervalOf, roundSchedule, roundTimes } from './round-times.js'

const at = (text: string) => Date.parse(`2026-11-22T${text}Z`)
const settings = (roundCron: string, roundDeadlineMs: number | null = null, roundSpreadMs: number | null = null) => ({
  roundCron,
  roundDeadlineMs,
  roundSpreadMs,
})

describe('roundTimes', () => {
  it.each([
    ['a minute', 60_000, 45_000, 20_000],
    ['an hour', 3_600_000, 45_000, 20_000],
    ['59 s', 59_000, 44_250, 19_666],
    ['30 s', 30_000, 22_500, 10_000],
    ['5 s', 5_000, 3_750, 1_666],
    ['1 s', 1_000, 750, 333],
  ])('gives rounds of %s their deadline and spread', (_name, intervalMs, deadlineMs, spreadMs) => {
    expect(roundTimes(settings('* * * * *'), 1_000_000, intervalMs)).toEqual({
      intervalMs,
      deadlineAt: 1_000_000 + deadlineMs,
      spreadMs,
    })
  })

  it('lets settings go first, 0 too', () => {
    expect(roundTimes(settings('* * * * *', 50_000, 0), 0, 60_000)).toMatchObject({ deadlineAt: 50_000, spreadMs: 0 })
  })
})

describe('intervalOf', () => {
  it.each([
    ['* * * * *', '13:00:00.000', 60_000],
    ['* * * * *', '13:00:17.123', 60_000],
    ['*/5 * * * * *', '13:00:05.000', 5_000],
    ['0,10 * * * *', '13:00:00.000', 600_000],
    ['0,10 * * * *', '13:10:00.000', 3_000_000],
    ['0,10 * * * *', '13:05:00.000', 3_000_000],
    ['0 9,17 * * *', '17:00:00.000', 57_600_000],
  ])('of %s at %s is %i', (cron, time, intervalMs) => {
    expect(intervalOf(roundSchedule(cron), at(time))).toBe(intervalMs)
  })
})

describe('findRoundFaults', () => {
  it.each([
    [settings('* * * * *')],
    [settings('*/2 * * * * *')],
    [settings('* * * * *', 59_999, 59_399)],
    [settings('*/2 * * * * *', 1_999, 0)],
    [settings('0 9,17 * * *')],
    [settings('@hourly')],
  ])('finds none in %j', (possible) => {
    expect(findRoundFaults(possible)).toEqual([])
  })

  it.each<[ReturnType<typeof settings>, RegExp[]]>([
    [settings('every minute'), [/^OVERLAPS_ROUND_CRON: expected a cron expression .* not "every minute"$/]],
    [settings('* * * *'), [/^OVERLAPS_ROUND_CRON: /]],
    [settings('* * * * * * *'), [/^OVERLAPS_ROUND_CRON: /]],
    [settings('61 * * * *'), [/^OVERLAPS_ROUND_CRON: /]],
    [settings('2026-11-22T13:00:00'), [/^OVERLAPS_ROUND_CRON: .* never comes due twice$/]],
    [settings('0 0 30 2 *'), [/^OVERLAPS_ROUND_CRON: .* never comes due twice$/]],
    [settings('* * * * *', 60_000), [/^OVERLAPS_ROUND_DEADLINE_MS: .*\(60000\), not 60000$/]],
    [settings('*/5 * * * * *', 45_000), [/^OVERLAPS_ROUND_DEADLINE_MS: /]],
    [settings('* * * * *', null, 44_401), [/^OVERLAPS_ROUND_SPREAD_MS: .*\(45000\).* not 44401$/]],
    [settings('* * * * *', 500), [/^OVERLAPS_ROUND_SPREAD_MS: /]],
    [settings('* * * * *', 599, 0), [/^OVERLAPS_ROUND_SPREAD_MS: /]],
    [settings('* * * * *', 60_001, 60_000), [/^OVERLAPS_ROUND_DEADLINE_MS: /, /^OVERLAPS_ROUND_SPREAD_MS: /]],
    [settings('0,1 * * * *', 60_000), [/^OVERLAPS_ROUND_DEADLINE_MS: /]],
    [settings('* * * * * *'), [/^OVERLAPS_ROUND_SPREAD_MS: /]],
  ])('names what is impossible in %j', (impossible, sentences) => {
    const faults = findRoundFaults(impossible)
    expect(faults).toHaveLength(sentences.length)
    for (const [index, sentence] of sentences.entries()) expect(faults[index]).toMatch(sentence)
  })
})

describe('startOffset', () => {
  const no = fc.integer({ min: 1, max: 2 ** 31 - 1 })

  it('lies within the spread and is always the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        no,
        no,
        fc.integer({ min: 0, max: 60_000 }),
        (round, a, b, spread) => {
          const offset = startOffset(round, a, b, spread)
          expect(Number.isInteger(offset)).toBe(true)
          expect(offset).toBeGreaterThanOrEqual(0)
          expect(offset).toBeLessThan(Math.max(1, spread))
          expect(startOffset(round, a, b, spread)).toBe(offset)
        },
      ),
    )
  })

  it('is even over the spread: for the validators of a website, the websites of a validator, and the rounds of both', () => {
    const count = 4_000
    for (const offsets of [
      Array.from({ length: count }, (_, index) => startOffset(at('13:00:00.000'), 7, index, 20_000)),
      Array.from({ length: count }, (_, index) => startOffset(at('13:00:00.000'), index, 7, 20_000)),
      Array.from({ length: count }, (_, index) => startOffset(at('13:00:00.000') + index * 60_000, 7, 7, 20_000)),
    ]) {
      const tenths = Array.from({ length: 10 }, () => 0)
      for (const offset of offsets) tenths[Math.floor(offset / 2_000)] = (tenths[Math.floor(offset / 2_000)] ?? 0) + 1
      expect(Math.min(...tenths)).toBeGreaterThan((count / 10) * 0.8)
      expect(Math.max(...tenths)).toBeLessThan((count / 10) * 1.2)
    }
  })
})
