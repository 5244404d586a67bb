import type { Resolver } from 'node:dns/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DnsAnswer } from '../testing/dial/dns-message.js'
import { resolverOf, serveAddresses } from '../testing/dial/serve-dns.js'
import { eventually } from '../testing/eventually.js'
import { startLife } from './life.js'
import { type Family, resolveByDns } from './resolve-host.js'

function life() {
  const started = startLife(60_000, undefined)
  onTestFinished(() => started.end())
  return started
}

const resolve = (createResolver: () => Resolver, host: string, family: Family = 0) =>
  resolveByDns(createResolver)(host, family, life())

describe('the resolver of the DNS', () => {
  it('asks for both families, or for the one that is wanted', async () => {
    const { createResolver, questions } = await serveAddresses((_, type) =>
      type === 'A' ? ['192.0.2.1', '192.0.2.2'] : ['::1'],
    )
    expect(await resolve(createResolver, 'a.example')).toEqual(['192.0.2.1', '192.0.2.2', '::1'])
    expect(await resolve(createResolver, 'b.example', 4)).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(await resolve(createResolver, 'c.example', 6)).toEqual(['::1'])
    expect(questions.toSorted()).toEqual(['a.example A', 'a.example AAAA', 'b.example A', 'c.example AAAA'])
  })

  it('is content with one family, whatever is wrong with the other', async () => {
    const { createResolver } = await serveAddresses((_, type) => (type === 'A' ? ['192.0.2.1'] : 'REFUSED'))
    expect(await resolve(createResolver, 'a.example')).toEqual(['192.0.2.1'])
  })

  it.each<[string, (name: string, type: string) => DnsAnswer, string]>([
    ['no such name', () => 'NXDOMAIN', 'ENOTFOUND'],
    ['no records', () => [], 'ENODATA'],
    ['broken servers', () => 'SERVFAIL', 'ESERVFAIL'],
    ['no records of one family and a fault with the other', (_, type) => (type === 'A' ? [] : 'SERVFAIL'), 'ESERVFAIL'],
  ])('tells by a code: %s', async (_, say, code) => {
    const { createResolver } = await serveAddresses(say)
    await expect(resolve(createResolver, 'a.example')).rejects.toMatchObject({ code })
  })

  it.each(['A', 'AAAA'])('is content with one family when nobody ever answers for the other, %s', async (silent) => {
    const { createResolver } = await serveAddresses((_, type) => {
      if (type === silent) return 'SILENCE'
      return type === 'A' ? ['192.0.2.1'] : ['::1']
    })
    expect(await resolve(createResolver, 'a.example')).toEqual([silent === 'A' ? '::1' : '192.0.2.1'])
    expect(process.getActiveResourcesInfo().filter((name) => name === 'QUERYWRAP')).toEqual([])
  })

  it('asks no more when the life is over', async () => {
    const { createResolver, questions } = await serveAddresses(() => 'SILENCE')
    const ended = life()
    const looking = resolveByDns(createResolver)('a.example', 0, ended).catch((error: unknown) => error)
    await eventually(() => expect(questions).toHaveLength(2))
    ended.end()
    expect(await looking).toMatchObject({ code: 'ECANCELLED' })
    expect(process.getActiveResourcesInfo().filter((name) => name === 'QUERYWRAP')).toEqual([])
    await expect(resolveByDns(createResolver)('b.example', 0, ended)).rejects.toMatchObject({ code: 'ECANCELLED' })
  })

  it('holds up no name by others that nobody answers for', async () => {
    const { createResolver } = await serveAddresses((name) => (name.startsWith('dead') ? 'SILENCE' : ['127.0.0.1']))
    const ended = life()
    const dead = Array.from({ length: 100 }, (_, index) =>
      resolveByDns(createResolver)(`dead${index}.example`, 0, ended).catch(({ code }: { code: string }) => code),
    )
    expect(await resolve(createResolver, 'alive.example', 4)).toEqual(['127.0.0.1'])
    ended.end()
    expect(new Set(await Promise.all(dead))).toEqual(new Set(['ECANCELLED']))
  })

  it('knows nothing of the hosts file', async () => {
    const { createResolver } = await serveAddresses(() => 'NXDOMAIN')
    await expect(resolve(createResolver, 'localhost')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })
})

describe('of several name servers', () => {
  const two = async (first: (name: string) => DnsAnswer, second: (name: string) => DnsAnswer) => {
    const servers = [await serveAddresses(first), await serveAddresses(second)] as const
    const asked = () => servers.map(({ questions }) => questions.splice(0))
    const resolver = resolveByDns(() => resolverOf(servers[0].address, servers[1].address))
    return { asked, resolve: (host: string) => resolver(host, 4, life()) }
  }
  const known = () => ['192.0.2.1']

  it('the next is asked beside one that is silent, and first from then on', async () => {
    const { resolve, asked } = await two(() => 'SILENCE', known)
    expect(await resolve('a.example')).toEqual(['192.0.2.1'])
    expect(asked()).toEqual([['a.example A'], ['a.example A']])
    expect(await resolve('b.example')).toEqual(['192.0.2.1'])
    expect(asked()).toEqual([[], ['b.example A']])
  })

  it('the first is asked again when the one that was put before it is silent', async () => {
    let isDead = [true, false]
    const { resolve, asked } = await two(
      () => (isDead[0] ? 'SILENCE' : known()),
      () => (isDead[1] ? 'SILENCE' : known()),
    )
    await resolve('a.example')
    isDead = [false, true]
    await resolve('b.example')
    asked()
    await resolve('c.example')
    expect(asked()).toEqual([['c.example A'], []])
  })

  it('one that is broken for a name is asked first for the next all the same', async () => {
    const { resolve, asked } = await two((name) => (name === 'a.example' ? 'SERVFAIL' : known()), known)
    expect(await resolve('a.example')).toEqual(['192.0.2.1'])
    expect(asked()[1]).toEqual(['a.example A'])
    await resolve('b.example')
    expect(asked()).toEqual([['b.example A'], []])
  })

  it('no other is asked for a name that one says does not exist', async () => {
    const { resolve, asked } = await two(() => 'NXDOMAIN', known)
    await expect(resolve('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    expect(asked()).toEqual([['a.example A'], []])
  })

  it('all that are broken make the name so', async () => {
    const { resolve, asked } = await two(
      () => 'REFUSED',
      () => 'SERVFAIL',
    )
    await expect(resolve('a.example')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    expect(asked().map((questions) => questions.length > 0)).toEqual([true, true])
  })
})
