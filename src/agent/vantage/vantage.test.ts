import { describe, expect, it } from 'vitest'
import { openVantage, openWorking, SITES } from '../../testing/agent/vantage/open-vantage.js'

const { http, https, refusing, silent, unknown } = SITES
const MINUTE_MS = 60_000
const V6 = '2a00:1450:4001:80b::200e'

describe('a website that is down while others answer', () => {
  it.each([
    ['refuses', refusing('down.example')],
    ['is silent', silent('down.example')],
    ['is unreachable by its own routers', { ...refusing('down.example'), dials: { '93.184.216.9': 'EHOSTUNREACH' } }],
    ['has a broken domain', unknown('down.example')],
    [
      'has name servers that never answer',
      { ...unknown('down.example'), failure: 'TIMEOUT', detail: 'IN_DNS', silentMs: 9_000 },
    ],
    ['has no name any more', unknown('down.example', 'ENOTFOUND')],
  ] as const)('%s: it is Bad at once, and no beacon is asked', async (_, down) => {
    const world = await openWorking()
    const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) =>
      world.check({ ...https(`${name}.example`), afterMs: 2_000 * index }),
    )
    expect(await world.check(down)).toBe('STANDS')
    expect(await Promise.all(others)).toEqual(others.map(() => 'STANDS'))
    expect(world.asked).toEqual([])
  })

  it('stays Bad round by round with no beacon asked', async () => {
    const world = await openWorking()
    for (let round = 0; round < 5; round += 1) {
      expect(await world.check(https('up.example'))).toBe('STANDS')
      expect(await world.check(refusing('down.example'))).toBe('STANDS')
      expect(await world.check(unknown('broken.example'))).toBe('STANDS')
      await world.pass(50_000)
    }
    expect(world.asked).toEqual([])
  })
})

describe('the only website', () => {
  it('that is down is Bad in its first round: a beacon says that the network works', async () => {
    const world = openVantage()
    expect(await world.check(refusing('down.example'))).toBe('STANDS')
    expect(world.asked.map(({ what }) => what)).toEqual(['1.1.1.1'])
  })

  it('that goes down is Bad at once', async () => {
    const world = await openWorking()
    expect(await world.check(https('only.example'))).toBe('STANDS')
    await world.pass(MINUTE_MS)
    expect(await world.check(silent('only.example'))).toBe('STANDS')
  })

  it('that goes down within a minute is Bad in that round, also where a router says that it cannot be reached', async () => {
    const unreachable = {
      dials: { '93.184.216.9': 'EHOSTUNREACH' },
      failure: 'CONNECT',
      detail: 'EHOSTUNREACH',
    } as const
    for (const end of [
      { ...silent('', '93.184.216.9'), silentMs: 1_500 },
      { ...refusing(''), ...unreachable },
    ]) {
      const world = openVantage()
      const url = 'http://93.184.216.9/'
      const up = { ...http(''), url, dials: { '93.184.216.9': 'CONNECTED' } }
      for (let round = 0; round < 4; round += 1) {
        expect(await world.check({ ...up, untilMs: 3_000 })).toBe('STANDS')
        await world.pass(5_000)
      }
      const said = []
      for (let round = 0; round < 30; round += 1) {
        said.push(await world.check({ ...end, url, untilMs: 3_000 - (end.silentMs ?? 0) }))
        await world.pass(3_000)
      }
      expect(new Set(said)).toEqual(new Set(['STANDS']))
    }
  })

  it('is no witness for itself, by no name or address', async () => {
    const world = await openWorking()
    world.surroundings.v4 = false
    const other = refusing('down.example', '93.184.216.7')
    const checking = world.check({ ...other, silentMs: 1_000 })
    await world.check({ ...https('alias.example'), dials: { '93.184.216.7': 'CONNECTED' } })
    expect(await checking).toBe('NO_NETWORK')
  })
})

describe('a machine without internet', () => {
  it.each(['default', 'none'])(
    'has its website Bad in its first round, and says once what that means: %s',
    async (kind) => {
      const world = kind === 'none' ? openVantage('none') : openVantage()
      Object.assign(world.surroundings, { v4: false, v6: false, names: false })
      expect(await world.check(refusing('down.example'))).toBe('STANDS')
      await world.pass(10_000)
      expect(await world.check(silent('down.example'))).toBe('STANDS')
      expect(await world.check(unknown('down.example', 'ETIMEOUT'))).toBe('STANDS')
      const cause = kind === 'none' ? 'TURNED_OFF' : 'NONE_ANSWERED'
      expect(world.events).toEqual([{ event: 'NO_BEACONS', cause }])
    },
  )

  it.each(['http://127.0.0.1/', 'http://10.1.2.3:8080/', 'http://[::1]/', 'http://printer.local/'])(
    'asks no beacon about %s',
    async (url) => {
      const world = openVantage()
      const address = new URL(url).hostname.replace(/^\[|\]$/g, '')
      const dials = { [address === 'printer.local' ? '10.0.0.9' : address]: 'ECONNREFUSED' }
      expect(await world.check({ url, dials, failure: 'CONNECT', detail: 'ECONNREFUSED' })).toBe('STANDS')
      expect({ asked: world.asked, events: world.events }).toEqual({ asked: [], events: [] })
    },
  )
})

describe('a family of addresses', () => {
  const onlyV6 = { ...silent('six.example'), dials: { [V6]: 'SILENT' } }
  it('without a route is one that this machine has not', async () => {
    const world = await openWorking()
    world.surroundings.routes.v6 = false
    const wayless = { ...refusing('six.example'), dials: { [V6]: 'ENETUNREACH' }, detail: 'ENETUNREACH' }
    expect(await world.check(wayless)).toBe('NO_ADDRESS_FAMILY')
    world.surroundings.routes.v4 = false
    expect(await world.check(wayless)).toBe('NO_NETWORK')
  })

  it('that leads nowhere is learnt', async () => {
    const world = await openWorking()
    world.surroundings.v6 = false
    await world.check(https('up.example'))
    expect(await world.check(onlyV6)).toBe('NO_ADDRESS_FAMILY')
  })

  it('that fails is named, also where the other answered a while ago', async () => {
    const world = await openWorking()
    await world.check(https('up.example'))
    world.surroundings.v4 = false
    const six = { ...https('six.example'), dials: { [V6]: 'CONNECTED' }, afterMs: 4_000 }
    const [failed] = await Promise.all([world.check({ ...refusing('down.example'), silentMs: 500 }), world.check(six)])
    await world.pass(5_000)
    expect([failed, await world.check(refusing('up.example'))]).toEqual(['NO_ADDRESS_FAMILY', 'NO_ADDRESS_FAMILY'])
  })

  it('that works makes a website of it Bad', async () => {
    const world = await openWorking()
    await world.check(https('up.example'))
    expect(await world.check(onlyV6)).toBe('STANDS')
    expect(world.asked.map(({ what }) => what)).toContain('2606:4700:4700::1111')
  })

  it('that is not here hides nothing that the other said', async () => {
    const world = await openWorking()
    world.surroundings.routes.v6 = false
    const down = { ...refusing('both.example'), dials: { [V6]: 'ENETUNREACH', '93.184.216.9': 'ECONNREFUSED' } }
    const checking = world.check(down)
    await world.check(https('up.example'))
    expect(await checking).toBe('STANDS')
  })
})

describe('name servers', () => {
  it('that fail make it abstain, and no website', async () => {
    const world = await openWorking()
    world.surroundings.names = false
    expect(await world.check(unknown('up.example', 'ETIMEOUT'))).toBe('NO_RESOLVER')
    expect(await world.check(unknown('broken.example', 'ESERVFAIL'))).toBe('NO_RESOLVER')
    await world.pass(MINUTE_MS)
    world.surroundings.names = true
    const checking = world.check({ ...unknown('broken.example'), silentMs: 100 })
    expect(await checking).toBe('STANDS')
  })

  it('that fail because nothing answers are not to blame', async () => {
    const world = await openWorking()
    Object.assign(world.surroundings, { names: false, v4: false, v6: false })
    expect(await world.check(unknown('up.example', 'ETIMEOUT'))).toBe('NO_NETWORK')
  })

  it('that refuse are ours without any beacon', async () => {
    const world = openVantage('none')
    expect(await world.check(unknown('up.example', 'ECONNREFUSED'))).toBe('NO_RESOLVER')
    // An answer so long that it is asked for over TCP, which the name server refuses, is the work of one domain.
    const long = world.check({ ...unknown('long.example', 'ECONNREFUSED'), silentMs: 100 })
    await world.check(https('up.example'))
    expect(await long).toBe('STANDS')
  })
})

describe('beacons', () => {
  it.each([5_000, 60_000])(
    'are asked three times a minute at most, whatever happens, in rounds of %s ms',
    async (roundMs) => {
      const world = openVantage()
      for (let at = 0; at < 6 * MINUTE_MS; at += roundMs) {
        world.surroundings.v4 = at % 3 !== 0
        world.surroundings.isPortal = at % 7 === 0
        const untilMs = 500
        await Promise.all([
          world.check({ ...refusing('down.example'), untilMs }),
          world.check({ ...(at % 2 === 0 ? http('turning.example') : refusing('turning.example')), untilMs }),
          world.check({ ...unknown('broken.example'), untilMs }),
        ])
        await world.pass(roundMs - 1_000)
      }
      const most = Math.max(
        ...world.asked.map(({ at }) => world.asked.filter((one) => one.at >= at && one.at < at + MINUTE_MS).length),
      )
      expect(most).toBe(3)
    },
  )

  it('leave a website that is down Bad in every round of 5 s', async () => {
    const world = await openWorking()
    const said = []
    for (let round = 0; round < 30; round += 1) {
      said.push(await world.check({ ...silent('down.example'), silentMs: 3_250, untilMs: 250 }))
      await world.pass(1_500)
    }
    expect(new Set(said)).toEqual(new Set(['STANDS']))
  })
})
