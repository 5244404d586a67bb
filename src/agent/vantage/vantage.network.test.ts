import { describe, expect, it } from 'vitest'
import { openVantage, openWorking, SITES } from '../../testing/agent/vantage/open-vantage.js'

const { https, refusing, silent, unknown } = SITES
const MINUTE_MS = 60_000

describe('the own network', () => {
  it('that is down makes it abstain, until it is up again', async () => {
    const world = await openWorking()
    await world.check(https('up.example'))
    await world.pass(MINUTE_MS)
    Object.assign(world.surroundings, { v4: false, v6: false })
    expect(await world.check(silent('up.example'))).toBe('NO_NETWORK')
    expect(await world.check(refusing('other.example'))).toBe('NO_NETWORK')
    await world.pass(MINUTE_MS)
    Object.assign(world.surroundings, { v4: true, v6: true })
    // The first check of the next round finds out that it is over.
    const checking = world.check({ ...refusing('down.example'), silentMs: 100 })
    expect(await checking).toBe('STANDS')
  })

  it('that fails for a while counts for the checks that it touched, no more, no less', async () => {
    const world = await openWorking()
    for (const name of ['a', 'b', 'c']) await world.check(https(`${name}.example`))
    await world.check(silent('down.example'))
    await world.pass(30_000)
    await world.check(https('a.example'))
    world.surroundings.v4 = false
    const touched = world.check(silent('b.example'))
    const alsoDown = world.check(silent('down.example'))
    await world.pass(5_000)
    world.surroundings.v4 = true
    expect(await world.check(https('c.example'))).toBe('STANDS')
    expect(await touched).toBe('NO_NETWORK')
    expect(await alsoDown).toBe('NO_NETWORK')
    await world.pass(20_000)
    const after = world.check(silent('down.example'))
    await world.check({ ...https('a.example'), silentMs: 9_000 })
    expect(await after).toBe('STANDS')
  })

  it('is not to blame where this process stood still while a beacon was asked', async () => {
    const world = await openWorking()
    await world.check(https('up.example'))
    world.surroundings.v4 = false
    const down = world.check({ ...refusing('down.example'), untilMs: 60_000 })
    await world.pass(3_100)
    expect(world.asked).toHaveLength(1)
    world.clock.jumpTo(world.clock.now() + 5_000)
    world.surroundings.v4 = true
    expect(await down).toBe('STANDS')
  })

  it('without a route is known by the kernel alone', async () => {
    const world = openVantage('none')
    world.surroundings.routes = { v4: false, v6: false }
    expect(await world.check({ ...refusing('up.example'), dials: { '93.184.216.9': 'ENETUNREACH' } })).toBe(
      'NO_NETWORK',
    )
    expect(await world.check(unknown('up.example', 'ETIMEOUT'))).toBe('NO_NETWORK')
  })

  it('that is another one now cuts what was under way, and is no fault of the website', async () => {
    const world = await openWorking()
    await world.check(https('up.example'))
    const cut = world.check(silent('up.example'))
    await world.pass(3_000)
    world.surroundings.waysOut = { V4: 'elsewhere', V6: null }
    expect(await cut).toBe('NO_NETWORK')
  })

  it('that is another one now must answer first, before the beacons of the one before count no more', async () => {
    const world = await openWorking()
    await world.check(https('up.example'))
    const down = { v4: false, v6: false, names: false, waysOut: { V4: 'island', V6: null } }
    Object.assign(world.surroundings, down)
    await world.pass(2 * MINUTE_MS)
    await world.check(refusing('down.example'))
    await world.pass(2 * MINUTE_MS)
    expect(await world.check(refusing('down.example'))).toBe('NO_NETWORK')
    // A website is there after all, and no beacon ever answers.
    await world.check(https('near.example'))
    await world.pass(2 * MINUTE_MS)
    await world.check(refusing('down.example'))
    await world.pass(2 * MINUTE_MS)
    expect(await world.check(refusing('down.example'))).toBe('STANDS')
  })

  it.each([
    ['its address', { V4: null, V6: null }, { v4: false, v6: false }],
    ['its carrier, with the route', { V4: null, V6: null }, { v4: true, v6: true }],
  ])('that lost %s makes it abstain at once, and is the same when it is back', async (_, waysOut, routes) => {
    const world = openVantage()
    for (const name of ['a', 'b', 'c']) await world.check(https(`${name}.example`))
    expect(await world.check(silent('down.example'))).toBe('STANDS')
    Object.assign(world.surroundings, { v4: false, v6: false, names: false, waysOut, routes })
    for (let round = 0; round < 3; round += 1) {
      const short = { silentMs: 1_500, untilMs: 3_000 }
      expect(
        await Promise.all([
          world.check({ ...silent('a.example'), ...short }),
          world.check({ ...silent('new.example'), ...short }),
          world.check({ ...unknown('b.example', 'ECONNREFUSED'), ...short }),
        ]),
      ).toEqual(['NO_NETWORK', 'NO_NETWORK', 'NO_NETWORK'])
    }
    Object.assign(world.surroundings, { v4: true, v6: true, names: true })
    Object.assign(world.surroundings, { waysOut: { V4: 'home', V6: 'home' }, routes: { v4: true, v6: true } })
    const down = world.check({ ...silent('down.example'), silentMs: 3_000 })
    expect(await world.check({ ...https('a.example'), afterMs: 100 })).toBe('STANDS')
    expect(await down).toBe('STANDS')
  })

  it('that never led anywhere is as before when its cable is back', async () => {
    const world = openVantage()
    Object.assign(world.surroundings, { v4: false, v6: false, names: false, waysOut: { V4: 'home', V6: null } })
    expect(await world.check(refusing('down.example'))).toBe('STANDS')
    world.surroundings.waysOut = { V4: null, V6: null }
    await world.pass(2_000)
    expect(await world.check(silent('down.example'))).toBe('NO_NETWORK')
    world.surroundings.waysOut = { V4: 'home', V6: null }
    await world.pass(2 * MINUTE_MS)
    await world.check(refusing('other.example'))
    expect(await world.check(refusing('down.example'))).toBe('STANDS')
  })
})
