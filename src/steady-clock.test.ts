import { describe, expect, it } from 'vitest'
import { createSteadyClock } from './steady-clock.js'
import { createManualClock } from './testing/manual-clock.js'
import { HOUR_MS } from './time.js'

const START = Date.parse('2026-11-22T13:00:00.000Z')

function start(floor = 0) {
  const machine = createManualClock(START)
  const told: number[] = []
  const clock = createSteadyClock(machine, floor, (aheadMs) => told.push(aheadMs))
  return { machine, clock, told, since: () => clock.now() - START }
}

describe('the hub’s time', () => {
  it('is the machine’s while nobody sets that back', () => {
    const { machine, clock, since, told } = start()
    expect(since()).toBe(0)
    machine.advance(61_234)
    expect(since()).toBe(61_234)
    machine.setTo(machine.now() + 2 * HOUR_MS)
    expect(clock.now()).toBe(machine.now())
    expect(told).toEqual([])
  })

  it('goes on when the machine’s is set back, a little slower, and is the machine’s again once that has caught up', () => {
    const { machine, clock, since, told } = start()
    machine.advance(10_000)
    expect(since()).toBe(10_000)
    machine.setTo(START + 10_000 - HOUR_MS)
    expect(since()).toBe(10_000)
    machine.advance(60_000)
    expect(since()).toBe(69_988)
    expect(told).toEqual([HOUR_MS])
    machine.setTo(START + 2 * HOUR_MS)
    expect(clock.now()).toBe(machine.now())
    machine.setTo(START)
    expect(since()).toBe(2 * HOUR_MS)
    expect(told).toEqual([HOUR_MS, 2 * HOUR_MS])
  })

  it('works a small step off, and says nothing of it', () => {
    const { machine, clock, since, told } = start()
    expect(since()).toBe(0)
    machine.setTo(START - 500)
    machine.advance(HOUR_MS)
    // 200 millionths of an hour are 720 ms.
    expect(clock.now()).toBe(machine.now())
    expect(told).toEqual([])
  })

  it('begins where the hub was', () => {
    const { machine, since, told } = start(START + HOUR_MS)
    expect(since()).toBe(HOUR_MS)
    expect(told).toEqual([HOUR_MS])
    machine.advance(1_000)
    expect(since()).toBe(HOUR_MS + 999)
  })

  it('has what waits done after as long as it should, whatever is set in between', () => {
    const { machine, clock, since } = start()
    const done: number[] = []
    clock.at(START + 60_000, () => done.push(since()))
    machine.advance(30_000)
    machine.setTo(START - HOUR_MS)
    machine.advance(30_000)
    expect(done).toEqual([])
    machine.advance(20)
    expect(done).toEqual([60_000])
    expect(machine.pendingCount()).toBe(0)
  })

  it('forgets what is called off, also when it was put off', () => {
    const { machine, clock } = start()
    const done: string[] = []
    const cancel = clock.at(START + 1_000, () => done.push('done'))
    machine.setTo(START - HOUR_MS)
    machine.advance(1_000)
    expect(machine.pendingCount()).toBe(1)
    cancel()
    machine.advance(HOUR_MS)
    expect([done, machine.pendingCount()]).toEqual([[], 0])
  })
})
