import { ownerActor } from '../testing/owner/parts.js'
import type { ServerResponse } from 'node:http'
import { describe, expect, inject, it, vi } from 'vitest'
import { serveRaw } from '../testing/agent/check/loopback.js'
import { deleteWebsite } from '../website/delete-website.js'
import { claimOf, openOwnershipWorld, serveShop } from '../testing/ownership/ownership.js'

const template = inject('template')
const FILE = '/.well-known/overlaps-site-verification.txt'

const sayHtml = (response: ServerResponse, page: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)

describe('an owner proves a host', () => {
  it('by DNS, at every port', async () => {
    const world = await openOwnershipWorld(template)
    const url = 'http://shop.example.com:8080/some/page'
    const websiteId = await world.addWebsite(world.ada, url)
    const { dnsName, dnsValue } = claimOf(world.ada, url)
    expect(dnsName).toBe('_overlaps-challenge.shop.example.com')
    world.records.set(dnsName ?? '', [dnsValue ?? ''])
    const heard = vi.fn<(event: object) => void>()
    world.bus.subscribe('websiteChanged', heard)
    expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({
      kind: 'verified',
      website: { id: websiteId, url },
    })
    const at = new Date(world.clock.now())
    const proof = { userId: world.ada, host: 'shop.example.com', method: 'DNS', provenAt: at, checkedAt: at }
    expect(await world.proofs()).toEqual([{ ...proof, failedAt: null }])
    expect(heard).toHaveBeenCalledExactlyOnceWith({ websiteId, userId: world.ada, cause: 'UPDATED' })
    const entries = await world.store.prisma.auditEntry.findMany({ where: { action: 'verifyOwnership' } })
    expect(entries).toMatchObject([{ userId: world.ada, subjectKind: 'Website', subjectId: websiteId }])
  })

  it.each([
    ['alone', (line: string) => line],
    [
      'among those of others, with blank lines',
      (line: string) => `\uFEFFoverlaps-site-verification=x\r\n\r\n ${line} \n`,
    ],
  ])('by a file that holds the token %s, at its port', async (_how, write) => {
    const world = await openOwnershipWorld(template)
    const { shop, requests } = await serveShop((request, response) => {
      response.writeHead(request.url === FILE ? 200 : 404).end(write(claimOf(world.ada, shop).fileContent))
    })
    const websiteId = await world.addWebsite(world.ada, `${shop}deep/page?q=1`)
    expect(await world.verify(world.ada, websiteId, 'FILE')).toMatchObject({ kind: 'verified' })
    expect(await world.proofs()).toMatchObject([{ host: new URL(shop).host, method: 'FILE' }])
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${FILE}`])
    expect(requests[0]?.headers).toMatchObject({ host: new URL(shop).host, 'user-agent': 'overlaps-hub' })
  })

  it('by a tag on the front page, wherever the website points', async () => {
    const world = await openOwnershipWorld(template)
    const { shop, requests } = await serveShop((request, response) =>
      sayHtml(response, request.url === '/' ? `<html><head>${claimOf(world.ada, shop).metaTag}` : '<html>'),
    )
    const websiteId = await world.addWebsite(world.ada, `${shop}deep/page`)
    expect(await world.verify(world.ada, websiteId, 'META')).toMatchObject({ kind: 'verified' })
    expect(await world.proofs()).toMatchObject([{ host: new URL(shop).host, method: 'META' }])
    expect(requests.map(({ url }) => url)).toEqual(['/'])
  })

  it('over redirects within it', async () => {
    const world = await openOwnershipWorld(template)
    const { shop } = await serveShop((request, response) => {
      const step = Number(new URL(request.url ?? '', shop).searchParams.get('step') ?? 0)
      if (step < 3) return response.writeHead(302, { location: `/x?step=${step + 1}#y` }).end()
      return response.end(claimOf(world.ada, shop).fileContent)
    })
    const websiteId = await world.addWebsite(world.ada, shop)
    expect(await world.verify(world.ada, websiteId, 'FILE')).toMatchObject({ kind: 'verified' })
  })

  it('anew, after it has failed', async () => {
    const world = await openOwnershipWorld(template)
    const url = 'https://shop.example.com/'
    const websiteId = await world.addWebsite(world.ada, url)
    const at = new Date('2026-01-01T00:00:00.000Z')
    const old = {
      userId: world.ada,
      host: 'shop.example.com',
      method: 'META',
      provenAt: at,
      checkedAt: at,
      failedAt: at,
    }
    await world.store.prisma.hostProof.create({ data: { ...old, method: 'META' } })
    expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ reason: 'TOKEN_NOT_FOUND' })
    expect(await world.proofs()).toEqual([old])
    world.records.set('shop.example.com', [claimOf(world.ada, url).dnsValue ?? ''])
    expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ kind: 'verified' })
    const now = new Date(world.clock.now())
    expect(await world.proofs()).toMatchObject([{ method: 'DNS', provenAt: now, checkedAt: now, failedAt: null }])
  })
})

describe('a look proves nothing and changes nothing', () => {
  it.each<[string, (response: ServerResponse, own: string, others: string) => unknown, string]>([
    ['without the file', (response) => response.writeHead(404).end(), 'answered with status 404, not 200.'],
    ['at an empty file', (response) => response.end(), 'is empty.'],
    [
      "at another owner's token",
      (response, _own, others) => response.end(others),
      'holds `overlaps-site-verification=',
    ],
    [
      'at a page that shows visitors’ words for every path',
      (response, own) => sayHtml(response, `<html><body>\n${own}\n</body>`),
      'holds `<html><body>`.',
    ],
    [
      'at a token with more behind it',
      (response, own) => response.end(`${own}=`),
      'holds `overlaps-site-verification=',
    ],
    [
      'at a token that is not all',
      (response, own) => response.end(own.slice(0, -1)),
      'holds `overlaps-site-verification=',
    ],
    ['at a large file', (response, own) => response.end(`${own}\n`.repeat(100)), 'holds more than 4096 bytes.'],
    [
      'at a packed file',
      (response, own) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(own),
      'in the encoding gzip',
    ],
    [
      'over a redirect to another host',
      (response) => response.writeHead(301, { location: 'http://www.shop.example.com/' }).end(),
      'redirects to www.shop.example.com, and what another host says proves nothing about this one.',
    ],
    [
      'over a redirect to another port',
      (response) => response.writeHead(301, { location: '//shop.example.com:1/' }).end(),
      'redirects to shop.example.com:1, and what another host says',
    ],
    [
      'over a redirect out of the web',
      (response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      'redirects to file:, and',
    ],
    ['over a redirect to nowhere', (response) => response.writeHead(302).end(), 'redirects to no URL.'],
    [
      'over redirects without end',
      (response) => response.writeHead(307, { location: FILE }).end(),
      'led to more than 3 redirects.',
    ],
  ])('%s', async (_what, answer, words) => {
    const world = await openOwnershipWorld(template)
    const { shop } = await serveShop((_request, response) =>
      answer(response, claimOf(world.ada, shop).fileContent, claimOf(world.bob, shop).fileContent),
    )
    const websiteId = await world.addWebsite(world.ada, shop)
    const { fileUrl, fileContent } = claimOf(world.ada, shop)
    const refused = await world.verify(world.ada, websiteId, 'FILE')
    expect(refused).toMatchObject({ kind: 'refused', reason: 'TOKEN_NOT_FOUND' })
    expect(refused).toMatchObject({
      message: expect.stringContaining(`${fileUrl} should hold the line \`${fileContent}\``),
    })
    expect(refused).toMatchObject({ message: expect.stringContaining(words) })
    expect(await world.proofs()).toEqual([])
  })

  it.each<[string, string, (tag: string) => string, string]>([
    ['in a comment of the page', 'text/html', (tag) => `<body>${tag}`, 'no tag of this name there'],
    ['in a page of another type', 'text/plain', (tag) => `<head>${tag}`, 'is text/plain, not text/html'],
    ['of another owner', 'text/html', (tag) => `<head>${tag.replace(/content="./, 'content="=')}`, 'has only `='],
    [
      'behind the first 64 KiB',
      'text/html',
      (tag) => `<head><!--${'x'.repeat(65_536)}-->${tag}`,
      'no tag of this name there',
    ],
  ])('at a tag %s', async (_where, type, write, words) => {
    const world = await openOwnershipWorld(template)
    const { shop } = await serveShop((_request, response) =>
      response.writeHead(200, { 'content-type': type }).end(write(claimOf(world.ada, shop).metaTag)),
    )
    const websiteId = await world.addWebsite(world.ada, shop)
    const refused = await world.verify(world.ada, websiteId, 'META')
    expect(refused).toMatchObject({ reason: 'TOKEN_NOT_FOUND', message: expect.stringContaining(words) })
    expect(await world.proofs()).toEqual([])
  })

  it("at another owner's token, nor at one of another host", async () => {
    const world = await openOwnershipWorld(template)
    const url = 'https://shop.example.com/'
    const [adas, bobs] = [await world.addWebsite(world.ada, url), await world.addWebsite(world.bob, url)]
    world.records.set('shop.example.com', [claimOf(world.ada, url).dnsValue ?? ''])
    expect(await world.verify(world.bob, bobs, 'DNS')).toMatchObject({ reason: 'TOKEN_NOT_FOUND' })
    expect(await world.verify(world.ada, adas, 'DNS')).toMatchObject({ kind: 'verified' })
    const other = await world.addWebsite(world.ada, 'https://other.example.com/')
    world.records.set('other.example.com', [claimOf(world.ada, url).dnsValue ?? ''])
    expect(await world.verify(world.ada, other, 'DNS')).toMatchObject({ reason: 'TOKEN_NOT_FOUND' })
    expect(await world.proofs()).toMatchObject([{ userId: world.ada, host: 'shop.example.com' }])
  })

  it('at what answers slowly, or nothing, or garbage', async () => {
    const world = await openOwnershipWorld(template, { timeoutMs: 700 })
    const trickling = await serveShop((_request, response) => void response.write('overlaps-site-verification='))
    const silent = await serveRaw(() => undefined)
    const garbled = await serveRaw((socket) => socket.end('SSH-2.0\r\n\r\n'))
    const verify = async (url: string) => world.verify(world.ada, await world.addWebsite(world.ada, url), 'FILE')
    expect(await verify(trickling.shop)).toMatchObject({ reason: 'TOKEN_NOT_FOUND' })
    const late = expect.stringContaining('had not answered after 0.7 s')
    expect(await verify(silent.url)).toMatchObject({ reason: 'UNREACHABLE', message: late })
    const wrong = expect.stringContaining('is not right HTTP')
    expect(await verify(garbled.url)).toMatchObject({ reason: 'UNREACHABLE', message: wrong })
    expect(await world.proofs()).toEqual([])
  })

  it('at a private address, which gets no connection', async () => {
    let connections = 0
    const { port } = await serveRaw((socket) => {
      connections += 1
      socket.end()
    })
    const world = await openOwnershipWorld(template, { allowPrivateTargets: false })
    for (const host of ['shop.example.com', '127.0.0.1', '[::ffff:127.0.0.1]', 'localhost']) {
      const websiteId = await world.addWebsite(world.ada, `http://${host}:${port}/`)
      for (const method of ['FILE', 'META'] as const) {
        expect(await world.verify(world.ada, websiteId, method)).toMatchObject({
          reason: 'FORBIDDEN_TARGET',
          message: expect.stringContaining('leads to no public address'),
        })
      }
    }
    expect(connections).toBe(0)
    expect(await world.proofs()).toEqual([])
  })

  it('at a host on the deny-list, which is not asked', async () => {
    const world = await openOwnershipWorld(template)
    const websiteId = await world.addWebsite(world.ada, 'https://shop.example.com/')
    const entry = { host: 'example.com', reason: 'They have asked us not to.', createdAt: new Date() }
    await world.store.prisma.deniedHost.create({ data: entry })
    expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ reason: 'DENIED_HOST' })
    expect(world.asked).toEqual([])
  })

  it('by DNS at an address', async () => {
    const world = await openOwnershipWorld(template)
    for (const url of ['http://127.0.0.1/', 'http://[::1]:8080/']) {
      const websiteId = await world.addWebsite(world.ada, url)
      expect(await world.verify(world.ada, websiteId, 'DNS')).toMatchObject({ reason: 'NO_DNS_NAME' })
    }
    expect(world.asked).toEqual([])
  })

  it('at a website that is missing, deleted, or deleted meanwhile', async () => {
    const world = await openOwnershipWorld(template)
    const { shop } = await serveShop((_request, response) => {
      void deleteWebsite(world, ownerActor(world.ada), { id: websiteId }).then(() =>
        response.end(claimOf(world.ada, shop).fileContent),
      )
    })
    const websiteId = await world.addWebsite(world.ada, shop)
    expect(await world.verify(world.bob, websiteId, 'FILE')).toMatchObject({ reason: 'NOT_FOUND' })
    expect(await world.verify(world.ada, 'nonsense', 'FILE')).toMatchObject({ reason: 'NOT_FOUND' })
    expect(await world.verify(world.ada, websiteId, 'FILE')).toMatchObject({ reason: 'NOT_FOUND' })
    expect(await world.verify(world.ada, websiteId, 'FILE')).toMatchObject({ reason: 'NOT_FOUND' })
    expect(await world.proofs()).toEqual([])
  })
})
