import { describe, expect, test } from 'vitest'

import type { AgentEvent } from '../agent-event.js'
import { checksWithin } from './open-files.js'
import { createPlaces } from './places.js'

function start(wanted: number, borne: number | null = null) {
  const told: AgentEvent[] = []
  const machine = { borne }
  let now = 0
  const places = createPlaces({
    wanted,
    readBorne: () => machine.borne,
    report: (event) => told.push(event),
    steady: () => now,
  })
  return { places, told, machine, pass: (milliseconds: number) => (now += milliseconds) }
}

describe('the number of checks at once', () => {
  test.each([
    [50, null, 50],
    [50, 400, 50],
    [300, 7, 7],
  ])('of %s wanted and %s borne is %s', (wanted, borne, count) => {
    const { places, told } = start(wanted, borne)
    expect(places.count()).toBe(count)
    expect(told).toHaveLength(count < wanted ? 1 : 0)
  })

  test('is halved once for all that ran when a limit was met', () => {
    const { places, pass } = start(40)
    pass(100)
    for (let count = 0; count < 10; count++) places.noteLimit(0)
    expect(places.count()).toBe(20)
    pass(10)
    places.noteLimit(105)
    expect(places.count()).toBe(10)
  })

  test('is never less than one', () => {
    const { places, pass } = start(2)
    for (let count = 0; count < 5; count++) places.noteLimit(pass(10))
    expect(places.count()).toBe(1)
  })

  test('is doubled by each full set until it is what it was, which is told once each way', () => {
    const { places, told, pass } = start(4)
    places.noteLimit(pass(10))
    places.noteLimit(pass(10))
    for (let count = 0; count < 40; count++) places.noteRun()
    expect(places.count()).toBe(1)
    pass(10_000)
    places.noteRun()
    expect(places.count()).toBe(2)
    places.noteRun()
    expect(places.count()).toBe(2)
    places.noteRun()
    expect(places.count()).toBe(4)
    for (let count = 0; count < 40; count++) places.noteRun()
    expect(places.count()).toBe(4)
    expect(told).toMatchObject([
      { event: 'CONCURRENCY', from: 4, to: 2 },
      { event: 'CONCURRENCY', from: 2, to: 4 },
    ])
  })

  test('is what it was as soon as the limit of files is', () => {
    const { places, told, machine, pass } = start(200, 240)
    machine.borne = 1
    for (let count = 0; count < 5; count++) places.noteLimit(pass(10))
    expect(places.count()).toBe(6)
    pass(2_000)
    places.noteRun()
    expect(places.count()).toBe(6)
    machine.borne = 230
    pass(1_000)
    places.noteRun()
    expect({ count: places.count(), isAtLimit: places.isAtLimit() }).toEqual({ count: 200, isAtLimit: false })
    expect(told).toMatchObject([
      { event: 'CONCURRENCY', from: 200, to: 100 },
      { event: 'CONCURRENCY', from: 6, to: 200 },
    ])
  })

  test('knows for a short while that a limit was met', () => {
    const { places, pass } = start(4)
    expect(places.isAtLimit()).toBe(false)
    places.noteLimit(pass(10))
    pass(9_000)
    expect(places.isAtLimit()).toBe(true)
    pass(2_000)
    expect(places.isAtLimit()).toBe(false)
  })
})

test.each([
  ['Max open files            64                   64                   files', 20, 7],
  ['Max open files            1024                 524288               files', 20, 247],
  ['Max open files            20                   20                   files', 20, 1],
  ['Max open files            unlimited            unlimited            files', 20, null],
  ['', 20, null],
])('%s with %i open bears %s checks', (limits, open, checks) => {
  expect(checksWithin(`Limit Soft Hard Units\n${limits}\n`, open)).toBe(checks)
})
