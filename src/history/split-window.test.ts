import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../time.js'
import { QUARTER_MS } from './spans.js'
import { splitWindow } from './split-window.js'

const at = (text: string) => Date.parse(`2026-11-${text}Z`)
const show = (instant: number) => new Date(instant).toISOString().slice(8, 19)

function split(from: string, to: string, latencies: 'withLatencies' | 'withoutLatencies' = 'withoutLatencies') {
  return splitWindow({ from: at(from), to: at(to) }, latencies).map(
    (segment) => `${segment.source} ${show(segment.from)} ${show(segment.to)} ${segment.takes}`,
  )
}

describe('splitWindow', () => {
  it.each([
    ['one instant', '22T12:00:00', '22T12:00:00', []],
    ['within a quarter', '22T12:01:00', '22T12:14:00', ['verdicts 22T12:01:00 22T12:14:00 times']],
    ['a quarter', '22T12:00:00', '22T12:15:00', ['quarters 22T12:00:00 22T12:15:00 times']],
    [
      'over an edge',
      '22T12:14:00',
      '22T12:16:00',
      ['verdicts 22T12:14:00 22T12:15:00 times', 'verdicts 22T12:15:00 22T12:16:00 times'],
    ],
    ['a day', '22T00:00:00', '23T00:00:00', ['days 22T00:00:00 23T00:00:00 times']],
    ['over midnight', '22T23:00:00', '23T01:00:00', ['quarters 22T23:00:00 23T01:00:00 times']],
    [
      'all of them',
      '20T23:59:59',
      '24T00:15:01',
      [
        'verdicts 20T23:59:59 21T00:00:00 times',
        'verdicts 24T00:15:00 24T00:15:01 times',
        'days 21T00:00:00 24T00:00:00 times',
        'quarters 24T00:00:00 24T00:15:00 times',
      ],
    ],
  ])('takes %s apart', (_, from, to, segments) => {
    expect(split(from, to)).toEqual(segments)
  })

  it.each([
    [
      'within a quarter',
      '22T12:01:00',
      '22T12:14:00',
      ['verdicts 22T12:01:00 22T12:14:00 times', 'quarters 22T12:00:00 22T12:15:00 latencies'],
    ],
    ['a quarter', '22T12:00:00', '22T12:15:00', ['quarters 22T12:00:00 22T12:15:00 both']],
    [
      'more than a quarter',
      '22T12:01:00',
      '22T12:31:00',
      [
        'verdicts 22T12:01:00 22T12:15:00 times',
        'verdicts 22T12:30:00 22T12:31:00 times',
        'quarters 22T12:15:00 22T12:30:00 both',
        'quarters 22T12:00:00 22T12:15:00 latencies',
        'quarters 22T12:30:00 22T12:45:00 latencies',
      ],
    ],
  ])('takes the latencies of every quarter that it touches: %s', (_, from, to, segments) => {
    expect(split(from, to, 'withLatencies')).toEqual(segments)
  })

  it('covers the window once, and for latencies the quarters that it touches once', () => {
    const instant = fc.integer({ min: -5, max: 5 * DAY_MS })
    const edge = fc.integer({ min: 0, max: 5 * 96 }).map((count) => count * QUARTER_MS)
    fc.assert(
      fc.property(fc.oneof(instant, edge), fc.oneof(instant, edge), (from, to) => {
        const segments = splitWindow({ from, to }, 'withLatencies')
        const start = Math.max(from, 0)
        expectCover(
          segments.filter(({ takes }) => takes !== 'latencies'),
          start,
          to,
        )
        const touched = [Math.floor(start / QUARTER_MS), Math.ceil(to / QUARTER_MS)].map((count) => count * QUARTER_MS)
        const latencies = segments.filter(({ takes }) => takes !== 'times')
        if (start < to) expectCover(latencies, touched[0] ?? 0, touched[1] ?? 0)
        for (const segment of segments) {
          const spanMs = { verdicts: 1, quarters: QUARTER_MS, days: DAY_MS }[segment.source]
          expect([segment.from % spanMs, segment.to % spanMs]).toEqual([0, 0])
          expect(segment.source === 'verdicts' ? segment.to - segment.from : 0).toBeLessThan(QUARTER_MS)
        }
      }),
    )
  })
})

function expectCover(segments: { from: number; to: number }[], from: number, to: number): void {
  let covered = from
  for (const segment of segments.toSorted((a, b) => a.from - b.from)) {
    expect(segment.from).toBe(covered)
    covered = segment.to
  }
  expect(covered).toBe(Math.max(from, to))
}
