import { describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { type DnsAnswer, serveDns } from '../testing/ownership/serve-dns.js'
import { resolveByDns } from './resolve-by-dns.js'

const NEVER = new AbortController().signal
const serve = (answer: DnsAnswer) =>
  serveDns(
    () => [],
    () => answer,
  )

describe('a name', () => {
  it('has the addresses that its name servers say', async () => {
    const dns = await serve(['192.0.2.1', '127.0.0.1'])
    const found = await resolveByDns(dns.createResolver)('shop.example.com', NEVER)
    expect(found.toSorted()).toEqual(['127.0.0.1', '192.0.2.1'])
    expect(dns.asked).toEqual(['shop.example.com', 'shop.example.com'])
  })

  it.each([
    ['NXDOMAIN', 'ENODATA|ENOTFOUND'],
    ['SERVFAIL', 'ENODATA|ESERVFAIL'],
  ] as const)('without any fails: %s', async (answer, codes) => {
    const dns = await serve(answer)
    await expect(resolveByDns(dns.createResolver)('shop.example.com', NEVER)).rejects.toMatchObject({
      code: expect.stringMatching(codes),
    })
  })

  it('is not asked for any more once nobody waits', async () => {
    const dns = await serve('SILENCE')
    const stop = new AbortController()
    const looking = resolveByDns(dns.createResolver)('shop.example.com', stop.signal).catch((error: unknown) => error)
    await eventually(() => expect(dns.asked.length).toBeGreaterThan(0))
    stop.abort()
    expect(await looking).toMatchObject({ code: expect.stringMatching('ENODATA|ECANCELLED') })
    expect(await resolveByDns(dns.createResolver)('shop.example.com', stop.signal)).toEqual([])
  })
})
