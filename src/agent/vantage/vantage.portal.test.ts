import { describe, expect, it } from 'vitest'
import { openVantage, openWorking, SITES } from '../../testing/agent/vantage/open-vantage.js'

const { http, https, refusing, unknown } = SITES
const MINUTE_MS = 60_000

describe('a captive portal', () => {
  it('makes it abstain from all that a portal can say, until it is gone', async () => {
    const world = await openWorking()
    expect(await world.check(http('up.example'))).toBe('STANDS')
    expect(await world.check(refusing('down.example'))).toBe('STANDS')
    await world.pass(MINUTE_MS)
    world.surroundings.isPortal = true
    expect(
      await world.check({
        ...http('down.example'),
        url: 'https://down.example/',
        failure: 'TLS',
        detail: 'SELF_SIGNED',
      }),
    ).toBe('CAPTIVE_PORTAL')
    expect(await world.check(http('down.example'))).toBe('CAPTIVE_PORTAL')
    expect(await world.check(http('up.example'))).toBe('CAPTIVE_PORTAL')
    expect(await world.check(refusing('up.example'))).toBe('CAPTIVE_PORTAL')
    expect(await world.check(https('secure.example'))).toBe('STANDS')
    await world.pass(MINUTE_MS)
    world.surroundings.isPortal = false
    expect(await world.check(http('up.example'))).toBe('STANDS')
  })

  it('is noticed when it is there from the beginning', async () => {
    const world = openVantage()
    world.surroundings.isPortal = true
    expect(await world.check(http('down.example'))).toBe('CAPTIVE_PORTAL')
    expect(world.events).toEqual([])
  })

  it('cannot send to a page of its own with a certificate that is trusted', async () => {
    const world = await openWorking()
    world.surroundings.isPortal = true
    const sent = { ...https('login.portal.example'), before: [{ url: 'http://down.example/', isTrusted: false }] }
    expect(await world.check(sent)).toBe('CAPTIVE_PORTAL')
    const upgraded = { ...https('www.up.example'), before: [{ url: 'http://up.example/', isTrusted: false }] }
    expect(await world.check(upgraded)).toBe('STANDS')
  })

  it('that gives all names its own address is not excluded by a website that has none', async () => {
    const world = await openWorking()
    await world.check(http('down.example'))
    await world.check(refusing('down.example'))
    await world.check(unknown('six.example'))
    await world.pass(MINUTE_MS)
    world.surroundings.isPortal = true
    const address = { ...https('93.184.216.1'), dials: { '93.184.216.1': 'CONNECTED' } }
    const checking = [world.check(http('down.example')), world.check(unknown('both.example', 'ENODATA'))]
    expect(await world.check(address)).toBe('STANDS')
    expect(await Promise.all(checking)).toEqual(['CAPTIVE_PORTAL', 'CAPTIVE_PORTAL'])
  })

  it('is over as soon as an https website answers', async () => {
    const world = await openWorking()
    await world.check(https('secure.example'))
    world.surroundings.isPortal = true
    await world.pass(MINUTE_MS + 1_000)
    expect(await world.check(http('up.example'))).toBe('CAPTIVE_PORTAL')
    const plain = world.check(http('up.example'))
    await world.check({ ...https('secure.example'), afterMs: 500 })
    expect(await plain).toBe('STANDS')
  })

  it('is not asked about while https websites answer', async () => {
    const world = await openWorking()
    for (let round = 0; round < 4; round += 1) {
      const plain = ['a', 'b'].map((name) => world.check(http(`${name}.example`)))
      await world.check(https('secure.example'))
      expect(await Promise.all(plain)).toEqual(['STANDS', 'STANDS'])
      await world.pass(50_000)
    }
    expect(world.asked).toEqual([])
  })

  it('is two beacons of different opinions: none', async () => {
    const world = openVantage('http://portal.example/#yes,http://other.example/#yes')
    world.surroundings.isPortal = true
    const checking = world.check(http('up.example'))
    await world.settle()
    world.clock.advance(21)
    await world.settle()
    world.surroundings.isPortal = false
    expect(await checking).toBe('STANDS')
    expect(world.asked).toHaveLength(2)
  })
})
