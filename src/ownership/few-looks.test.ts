import { ownerActor } from '../testing/owner/parts.js'
import type { ServerResponse } from 'node:http'
import { describe, expect, inject, it } from 'vitest'
import { createRateLimiter } from '../access/rate-limiter.js'
import { RATES } from '../limits.js'
import { eventually } from '../testing/eventually.js'
import { provableHost } from './provable-host.js'
import { claimOf, openOwnershipWorld, serveShop } from '../testing/ownership/ownership.js'
import { verifyOwnership } from './verify-ownership.js'

const template = inject('template')

describe('looks are few', () => {
  it('of one owner one at a time', async () => {
    const world = await openOwnershipWorld(template)
    const waiting: ServerResponse[] = []
    const { shop, requests } = await serveShop((_request, response) => void waiting.push(response))
    const [one, two] = [await world.addWebsite(world.ada, shop), await world.addWebsite(world.ada, `${shop}2`)]
    const first = world.verify(world.ada, one, 'FILE')
    await eventually(() => expect(waiting).toHaveLength(1))
    expect(await world.verify(world.ada, two, 'FILE')).toMatchObject({ reason: 'RATE_LIMITED', retryAfter: 10 })
    expect(requests).toHaveLength(1)
    waiting[0]?.end(claimOf(world.ada, shop).fileContent)
    expect(await first).toMatchObject({ kind: 'verified' })
  })

  it.each([
    ['of one owner', { OWNERSHIP_LOOKS: 1 }],
    ['at one host', { OWNERSHIP_LOOKS_AT_HOST: 1 }],
  ])('%s in a minute', async (_whose, limits) => {
    const world = await openOwnershipWorld(template)
    const rates = createRateLimiter({ ...RATES, ...limits })
    const websiteId = await world.addWebsite(world.ada, 'https://shop.example.com/')
    const verify = () => verifyOwnership({ ...world, rates }, ownerActor(world.ada), { websiteId, method: 'DNS' })
    expect(await verify()).toMatchObject({ reason: 'TOKEN_NOT_FOUND' })
    expect(await verify()).toMatchObject({ reason: 'RATE_LIMITED', retryAfter: expect.any(Number) })
    expect(world.asked).toHaveLength(2)
    rates.close()
  })

  it('of all owners, with some that wait', async () => {
    const world = await openOwnershipWorld(template)
    const waiting: ServerResponse[] = []
    const { shop } = await serveShop((_request, response) => void waiting.push(response))
    const looks = Array.from({ length: 16 }, (_none, index) =>
      Promise.resolve(
        world.ownershipProver.lookForOwner({ userId: `user ${index}`, host: provableHost(shop), method: 'FILE' }),
      ),
    )
    const more = { userId: 'one more', host: provableHost(shop), method: 'FILE' } as const
    expect(world.ownershipProver.lookForOwner(more)).toBeNull()
    for (let answered = 0; answered < looks.length; answered++) {
      await eventually(() => expect(waiting.length).toBeGreaterThan(answered))
      expect(waiting.length - answered).toBeLessThanOrEqual(8)
      waiting[answered]?.end()
    }
    expect(await Promise.all(looks)).toEqual(looks.map(() => expect.objectContaining({ kind: 'ABSENT' })))
    expect(world.ownershipProver.lookForOwner(more)).not.toBeNull()
  })

  it('and none once the hub stops', async () => {
    const world = await openOwnershipWorld(template)
    const { shop, requests } = await serveShop(() => undefined)
    world.records.set('shop.example.com', 'SILENCE')
    world.records.set('_overlaps-challenge.shop.example.com', 'SILENCE')
    const file = world.ownershipProver.look({ userId: world.ada, host: provableHost(shop), method: 'FILE' })
    const dns = world.ownershipProver.look({ userId: world.ada, host: provableHost(shop), method: 'DNS' })
    await eventually(() => expect([requests.length, world.asked.length]).toEqual([1, 2]))
    await world.ownershipProver.close()
    expect(await file).toMatchObject({ kind: 'STOPPED' })
    expect(await dns).toMatchObject({ kind: 'STOPPED' })
    const websiteId = await world.addWebsite(world.ada, shop)
    expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ reason: 'UNREACHABLE' })
    expect(await world.proofs()).toEqual([])
  })
})
