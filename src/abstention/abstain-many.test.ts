import { describe, expect, inject, it } from 'vitest'
import { sealCallback } from '../round/callback-id.js'
import { claim } from '../testing/abstention/claim.js'
import { insertWebsites } from '../testing/insert-websites.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub } from '../testing/test-hub.js'
import { joinHub, playRound } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, type WireTask } from '../testing/test-validator.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'

const taken = (count: number) => ({ __typename: 'AbstainSuccess', taken: count, rejected: [] })

describe('many claims', () => {
  it('of many rounds are taken in one statement', async () => {
    const big = await startTestHub(inject('template'))
    await createWebsites(big, 1)
    await insertWebsites(big.parts.store, 99)
    const one = await joinHub(big)
    const all: WireTask[] = []
    for (let round = 0; round < 5; round++) {
      big.clock.advance(5_000)
      await big.startRound(big.clock.now())
      all.push(...(await one.socket.next()))
    }
    expect(all).toHaveLength(500)
    const texts: string[] = []
    const { store } = big.parts
    const query = store.sql.query.bind(store.sql)
    store.sql.query = (text, parameters) => {
      texts.push(text)
      return query(text, parameters)
    }
    expect(await claim(big, one, all.toReversed(), 'NO_TIME')).toEqual(taken(500))
    expect(await claim(big, one, all, 'STALLED')).toEqual(taken(0))
    store.sql.query = query
    expect(texts.filter((text) => text.includes('INSERT INTO "Abstention"'))).toHaveLength(2)
    expect(await store.prisma.abstention.groupBy({ by: ['roundAt', 'reason'], _count: true })).toHaveLength(5)
    await big.close()
  })

  it('that change nothing are limited by key, and those that do are not', async () => {
    const tight = await startTestHub(inject('template'), {
      settings: { rates: { ...WIDE_RATES, SPARE_TICKS_OF_KEY: 3 } },
    })
    await createWebsites(tight, 4)
    const one = await joinHub(tight)
    const [mine = []] = await playRound(tight, one)
    const [a, b, c, d] = mine
    if (!a || !b || !c || !d) throw new Error('no task')
    expect(await claim(tight, one, [a, b, c])).toEqual(taken(3))
    expect(await claim(tight, one, [a, b, c])).toEqual(taken(0))
    const refused = await claim(tight, one, [d])
    expect(refused).toMatchObject({ reason: 'RATE_LIMITED', field: null, retryAfter: expect.any(Number) })
    expect(await tight.parts.store.prisma.abstention.count()).toBe(3)
    await tight.close()
  })
})

describe('a hub that cannot store', () => {
  it('says UNAVAILABLE while its disk is full or the database fails, and takes the same claims later', async () => {
    const whole = await openTestStore(inject('template'))
    let isFull = false
    let isFailing = false
    const query: typeof whole.sql.query = (text, parameters) =>
      isFailing && text.includes('INTO "Abstention"')
        ? Promise.reject(new Error('no claims today'))
        : whole.sql.query(text, parameters)
    const store = { ...whole, sql: { ...whole.sql, query } }
    const broken = await startTestHub(inject('template'), { overrides: { store } })
    await createWebsites(broken, 1)
    const one = await joinHub(broken)
    const [mine = []] = await playRound(broken, one)
    const { intake } = broken.parts
    const { hasRoom } = intake
    intake.hasRoom = async () => !isFull && hasRoom()
    const before = await storedState(store)
    isFull = true
    expect(await claim(broken, one, mine)).toMatchObject({ reason: 'UNAVAILABLE', field: null })
    isFull = false
    isFailing = true
    expect(await claim(broken, one, mine)).toMatchObject({ reason: 'UNAVAILABLE' })
    expect(broken.errors.splice(0)).toMatchObject([{ msg: 'claims could not be stored' }])
    expect(await storedState(store)).toEqual(before)
    isFailing = false
    expect(await claim(broken, one, mine)).toEqual(taken(1))
    await broken.close()
  })
})

describe('a callback ID', () => {
  it('of another hub is unknown', async () => {
    const [hub, foreign] = [await startTestHub(inject('template')), await startTestHub(inject('template'))]
    const member = await joinHub(hub)
    const now = hub.clock.now()
    const callback = { roundAt: now, deadlineAt: now + 45_000, websiteNo: 1, validatorNo: 1, checkRevision: 1 }
    const callbackId = sealCallback(foreign.parts.keys.newest, callback)
    expect(await claim(hub, member, [{ callbackId }])).toMatchObject({
      taken: 0,
      rejected: [{ callbackId, reason: 'UNKNOWN_CALLBACK' }],
    })
    await foreign.close()
    await hub.close()
  })
})
