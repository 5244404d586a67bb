import { ownerActor } from '../testing/owner/parts.js'
import { describe, expect, inject, it, vi } from 'vitest'
import { serveHttp } from '../testing/agent/check/loopback.js'
import { DAY_MS } from '../time.js'
import { OWNERSHIP_RECHECK_LOOK_MS } from './limits.js'
import { eventually } from '../testing/eventually.js'
import { deleteWebsite } from '../website/delete-website.js'
import { findProofs } from './find-proofs.js'
import { keepProofs } from './keep-proofs.js'
import { isProven } from './proof-rule.js'
import { recheckProofs } from './recheck-proofs.js'
import { claimOf, openOwnershipWorld, serveShop, type OwnershipWorld } from '../testing/ownership/ownership.js'

const template = inject('template')
const URL_OF_SHOP = 'https://shop.example.com/'

/** A world with a host that is proven by DNS. */
async function openProvenWorld() {
  const world = await openOwnershipWorld(template)
  const websiteId = await world.addWebsite(world.ada, URL_OF_SHOP)
  const { dnsValue } = claimOf(world.ada, URL_OF_SHOP)
  const show = () => world.records.set('shop.example.com', [dnsValue ?? ''])
  show()
  expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ kind: 'verified' })
  world.asked.length = 0
  const heard = vi.fn<(event: object) => void>()
  world.bus.subscribe('websiteChanged', heard)
  return { world, websiteId, provenAt: new Date(world.clock.now()), heard, show }
}

async function isStillProven(world: OwnershipWorld): Promise<boolean> {
  const [proof] = await findProofs(world.store, [{ userId: world.ada, url: URL_OF_SHOP }])
  return proof != null && isProven(proof)
}

describe('a proof that is looked at again', () => {
  it('after a day, goes on as long as it is seen', async () => {
    const { world, provenAt, heard } = await openProvenWorld()
    world.clock.advance(DAY_MS - 1)
    expect(await recheckProofs(world)).toBe(0)
    expect(world.asked).toEqual([])
    world.clock.advance(1)
    expect(await recheckProofs(world)).toBe(1)
    expect(world.asked).toHaveLength(2)
    const checkedAt = new Date(world.clock.now())
    expect(await world.proofs()).toMatchObject([{ provenAt, checkedAt, failedAt: null }])
    expect(await recheckProofs(world)).toBe(0)
    expect(heard).not.toHaveBeenCalled()
  })

  it('counts for seven days in which it is not seen, and no more after them', async () => {
    const { world, websiteId, provenAt, heard } = await openProvenWorld()
    world.records.clear()
    world.clock.advance(DAY_MS)
    const failedAt = new Date(world.clock.now())
    for (let day = 0; day < 7; day++) {
      expect(await recheckProofs(world)).toBe(1)
      expect(await world.proofs()).toMatchObject([{ provenAt, checkedAt: new Date(world.clock.now()), failedAt }])
      expect(await isStillProven(world)).toBe(true)
      world.clock.advance(DAY_MS)
    }
    expect(heard).toHaveBeenCalledExactlyOnceWith({ websiteId, userId: world.ada, cause: 'UPDATED' })
    expect(await recheckProofs(world)).toBe(1)
    expect(await isStillProven(world)).toBe(false)
    expect(heard).toHaveBeenCalledTimes(2)
    expect(await world.store.prisma.auditEntry.findMany({ where: { actor: 'HUB' } })).toMatchObject([
      { actor: 'HUB', action: 'endOwnership', userId: world.ada, subjectId: 'shop.example.com' },
    ])
  })

  it('is over for good then, until its owner proves it anew', async () => {
    const { world, websiteId, show } = await openProvenWorld()
    world.records.clear()
    for (let day = 0; day <= 8; day++) {
      world.clock.advance(DAY_MS)
      await recheckProofs(world)
    }
    show()
    world.asked.length = 0
    expect(await recheckProofs(world)).toBe(0)
    expect(world.asked).toEqual([])
    expect(await isStillProven(world)).toBe(false)
    expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ kind: 'verified' })
    expect(await isStillProven(world)).toBe(true)
  })

  it('is as before once it is seen again', async () => {
    const { world, show, heard } = await openProvenWorld()
    world.records.set('shop.example.com', 'SERVFAIL')
    world.clock.advance(DAY_MS)
    await recheckProofs(world)
    expect(await world.proofs()).toMatchObject([{ failedAt: new Date(world.clock.now()) }])
    show()
    world.clock.advance(DAY_MS)
    await recheckProofs(world)
    expect(await world.proofs()).toMatchObject([{ failedAt: null }])
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it('is not over because the hub was', async () => {
    const { world, show } = await openProvenWorld()
    world.records.clear()
    world.clock.advance(DAY_MS)
    await recheckProofs(world)
    world.clock.advance(30 * DAY_MS)
    expect(await isStillProven(world)).toBe(true)
    show()
    await recheckProofs(world)
    expect(await world.proofs()).toMatchObject([{ failedAt: null }])
  })

  it('stays as it is when it is proven anew meanwhile, or the hub stops', async () => {
    const { world } = await openProvenWorld()
    world.records.clear()
    world.clock.advance(DAY_MS)
    const anew = { method: 'FILE', checkedAt: new Date(world.clock.now()) } as const
    const meanwhile = async () => {
      await world.store.prisma.hostProof.updateMany({ data: anew })
      return { kind: 'ABSENT', message: '' } as const
    }
    await recheckProofs({ ...world, ownershipProver: { ...world.ownershipProver, look: meanwhile } })
    expect(await world.proofs()).toMatchObject([{ ...anew, failedAt: null }])
    world.clock.advance(DAY_MS)
    await world.ownershipProver.close()
    await recheckProofs(world)
    expect(await world.proofs()).toMatchObject([{ ...anew, failedAt: null }])
  })

  it('is forgotten when its owner has no website there any more', async () => {
    const { world, websiteId } = await openProvenWorld()
    await world.addWebsite(world.bob, URL_OF_SHOP)
    await deleteWebsite(world, ownerActor(world.ada), { id: websiteId })
    world.clock.advance(DAY_MS)
    await recheckProofs(world)
    expect(await world.proofs()).toEqual([])
    expect(world.asked).toEqual([])
  })

  it('fails at a host that was put on the deny-list, without asking it', async () => {
    const { world } = await openProvenWorld()
    await world.store.prisma.deniedHost.create({ data: { host: 'example.com', reason: 'no', createdAt: new Date() } })
    world.clock.advance(DAY_MS)
    await recheckProofs(world)
    expect(await world.proofs()).toMatchObject([{ failedAt: new Date(world.clock.now()) }])
    expect(world.asked).toEqual([])
  })

  it('by a file is looked for at the origins that websites have there', async () => {
    const world = await openOwnershipWorld(template)
    const { shop, requests } = await serveShop((_request, response) =>
      response.end(claimOf(world.ada, shop).fileContent),
    )
    const elsewhere = await serveHttp((_request, response) => response.end())
    const websiteId = await world.addWebsite(world.ada, shop)
    await world.addWebsite(world.ada, shop.replace('http:', 'https:'))
    await world.addWebsite(world.ada, elsewhere.url('/', 'shop.example.com'))
    expect(await world.verify(world.ada, websiteId, 'FILE')).toMatchObject({ kind: 'verified' })
    world.clock.advance(DAY_MS)
    expect(await recheckProofs(world)).toBe(1)
    // Over https, which it does not speak, then over http.
    expect(requests).toHaveLength(2)
    expect(elsewhere.requests).toEqual([])
    expect(await world.proofs()).toMatchObject([{ failedAt: null, checkedAt: new Date(world.clock.now()) }])
  })
})

describe('the job', () => {
  it('looks at all that is due, ten at a time, every five minutes until it is closed', async () => {
    const { world } = await openProvenWorld()
    for (let index = 0; index < 24; index++) {
      const url = `https://host${index}.example.com/`
      await world.addWebsite(world.ada, url)
      world.records.set(new URL(url).hostname, [claimOf(world.ada, url).dnsValue ?? ''])
      const at = new Date(world.clock.now())
      await world.store.prisma.hostProof.create({
        data: { userId: world.ada, host: new URL(url).hostname, method: 'DNS', provenAt: at, checkedAt: at },
      })
    }
    let running = 0
    let most = 0
    const look: OwnershipWorld['ownershipProver']['look'] = async (claim) => {
      running += 1
      most = Math.max(most, running)
      return world.ownershipProver.look(claim).finally(() => void (running -= 1))
    }
    const job = keepProofs({ ...world, ownershipProver: { ...world.ownershipProver, look } })
    world.clock.advance(DAY_MS + OWNERSHIP_RECHECK_LOOK_MS)
    const looked = async () => world.store.prisma.hostProof.count({ where: { checkedAt: new Date(world.clock.now()) } })
    await eventually(async () => expect(await looked()).toBe(25))
    expect(most).toBeLessThanOrEqual(10)
    await eventually(() => expect(world.clock.pendingCount()).toBe(1))
    await job.close()
    expect(world.clock.pendingCount()).toBe(0)
  })
})
