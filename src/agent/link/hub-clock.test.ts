import { describe, expect, it } from 'vitest'

import { createManualClock } from '../../testing/manual-clock.js'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../time.js'
import type { AgentEvent } from '../agent-event.js'
import { createHubClock } from './hub-clock.js'
import { narrowBounds } from './offset-bounds.js'
import { watchMachineClock } from './watch-machine-clock.js'

const STEPS = [20 * SECOND_MS, HOUR_MS, DAY_MS].flatMap((ms) => [ms, -ms])

function start() {
  const machine = createManualClock()
  const clock = createHubClock(machine)
  const say = (hubNow: number) => clock.learn({ hubNow, sentAt: machine.elapsedMs(), answeredAt: machine.elapsedMs() })
  say(machine.now())
  return { machine, clock, say }
}

describe("the hub's clock", () => {
  it.each(STEPS)('does not follow when the machine is set by %i ms, and its timers keep their time', (step) => {
    const { machine, clock } = start()
    const at = clock.now()
    const fired: number[] = []
    clock.at(at + 10_000, () => fired.push(clock.now() - at))
    machine.advance(4_000)
    machine.setTo(machine.now() + step)
    clock.at(at + 20_000, () => fired.push(clock.now() - at))
    expect(clock.now()).toBe(at + 4_000)
    expect(clock.aheadMs()).toBe(-step)
    machine.advance(30_000)
    expect(fired).toEqual([10_000, 20_000])
  })

  it.each(STEPS)('follows when the hub is set by %i ms, with the timers that wait', (step) => {
    const { machine, clock, say } = start()
    const hub = clock.now()
    const fired: number[] = []
    clock.at(hub + 30_000, () => fired.push(clock.now()))
    const cancel = clock.at(hub + 30_000, () => fired.push(0))
    say(hub + step)
    cancel()
    expect(clock.now()).toBe(hub + step)
    const due = Math.max(hub + 30_000, hub + step)
    machine.advance(due - clock.now())
    machine.advance(60_000)
    expect(fired).toEqual([due])
    expect(machine.pendingCount()).toBe(0)
  })

  it('runs what came due while the machine slept once it learns so', () => {
    const { machine, clock, say } = start()
    const hub = clock.now()
    const fired: string[] = []
    clock.at(hub + HOUR_MS, () => fired.push('due'))
    // The steady clock stands still in a machine that sleeps; only the wall clock has gone on.
    machine.setTo(machine.now() + 2 * HOUR_MS)
    machine.advance(1_000)
    expect(fired).toEqual([])
    say(hub + 2 * HOUR_MS + 1_000)
    machine.advance(0)
    expect(fired).toEqual(['due'])
    expect(clock.aheadMs()).toBe(0)
  })
})

describe('bounds', () => {
  const wide = { hubNow: 1_000, sentAt: 0, answeredAt: 400 }

  it('are the round trip, and are narrowed by what agrees', () => {
    const known = narrowBounds(null, wide)
    expect(known).toEqual({ low: 600, high: 1_001, at: 400 })
    expect(narrowBounds(known, { hubNow: 1_500, sentAt: 600, answeredAt: 620 })).toEqual({
      low: 880,
      high: 901,
      at: 620,
    })
  })

  it('stay as they are with a worse reading, but for the drift of the time between', () => {
    const known = narrowBounds(null, { hubNow: 1_000, sentAt: 0, answeredAt: 10 })
    const later = narrowBounds(known, { hubNow: 61_000, sentAt: 59_000, answeredAt: 61_000 })
    expect(later.low).toBeCloseTo(990 - 30.495)
    expect(later.high).toBeCloseTo(1_001 + 30.495)
  })

  it('are left for a reading that does not agree', () => {
    const known = narrowBounds(null, wide)
    expect(narrowBounds(known, { hubNow: 9_000, sentAt: 500, answeredAt: 500 })).toEqual({
      low: 8_500,
      high: 8_501,
      at: 500,
    })
  })
})

describe("the machine's clock", () => {
  it('is told of once while it is off, again when it is off otherwise, and when it is right', () => {
    let aheadMs = 0
    const events: AgentEvent[] = []
    const watch = watchMachineClock({ aheadMs: () => aheadMs }, (event) => events.push(event))
    const news: number[] = []
    for (aheadMs of [0, 4_000, 90_000, 91_000, -60_000, -61_000, 1_000, 0, 6_000]) {
      if (watch.hasNews()) news.push(aheadMs)
      watch.tell()
      expect(watch.hasNews()).toBe(false)
    }
    expect(news).toEqual([90_000, -60_000, 1_000, 6_000])
    expect(events).toEqual([
      { event: 'CLOCK_OFF', hubAheadMs: 90_000 },
      { event: 'CLOCK_OFF', hubAheadMs: -60_000 },
      { event: 'CLOCK_RIGHT', hubAheadMs: 1_000 },
      { event: 'CLOCK_OFF', hubAheadMs: 6_000 },
    ])
  })
})
