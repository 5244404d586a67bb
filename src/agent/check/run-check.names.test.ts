import { describe, expect, test } from 'vitest'

import { resolveByDns } from '../../dial/resolve-host.js'
import { serveHttp } from '../../testing/agent/check/loopback.js'
import { CLOSED_POLICY, measure, OPEN_POLICY, run, verdictOf } from '../../testing/agent/check/measure.js'
import { serveAddresses } from '../../testing/dial/serve-dns.js'

describe('a name whose servers change their answer', () => {
  test('is asked for once a request, so that what was looked at is what is connected to', async () => {
    const { createResolver, questions } = await serveAddresses((_, _type, count) => [
      count === 1 ? '10.0.0.1' : '127.0.0.1',
    ])
    const check = { ipVersion: 'V4' } as const
    const resolveHost = resolveByDns(createResolver)
    const outcome = await run('http://rebind.example.com/', { resolveHost, check, policy: CLOSED_POLICY })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
    expect(questions).toHaveLength(1)
  })

  test.each([
    [['10.0.0.1', '192.0.2.1'], []],
    [['127.0.0.1'], ['::1']],
  ])('to %j and %j: where only private addresses are left, there is no answer', async (v4, v6) => {
    const { createResolver } = await serveAddresses((_, type) => (type === 'A' ? v4 : v6))
    const resolveHost = resolveByDns(createResolver)
    const outcome = await run('http://a.example.com/', { resolveHost, policy: CLOSED_POLICY })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
  })

  test('of a mixed answer only what is allowed is connected to', async () => {
    const { createResolver } = await serveAddresses(() => ['127.0.0.2', '127.0.0.1'])
    const policy = { ...OPEN_POLICY, deniedHosts: ['127.0.0.2'] }
    const check = { ipVersion: 'V4' } as const
    const resolveHost = resolveByDns(createResolver)
    const { measurement } = await measure('http://mixed.example:1/', { resolveHost, check, policy })
    expect(measurement).toMatchObject({ failure: 'CONNECT', detail: 'ECONNREFUSED' })
  })
})

test('a name whose servers never answer, or know none, fails in DNS', async () => {
  const silent = await serveAddresses(() => 'SILENCE')
  const waiting = measure('http://a.example/', { resolveHost: resolveByDns(silent.createResolver), timeoutMs: 500 })
  expect((await waiting).measurement).toMatchObject({ failure: 'TIMEOUT', detail: 'IN_DNS', dnsUs: null })
  const broken = await serveAddresses(() => 'SERVFAIL')
  const { measurement } = await measure('http://a.example/', { resolveHost: resolveByDns(broken.createResolver) })
  expect(measurement).toMatchObject({ failure: 'DNS', detail: 'ESERVFAIL', dnsUs: null })
})

test.each(['A', 'AAAA'])(
  'a name whose servers never answer for %s is checked by its other addresses',
  async (silent) => {
    const site = await serveHttp((_, response) => response.end())
    const { createResolver } = await serveAddresses((_, type) => {
      if (type === silent) return 'SILENCE'
      return type === 'A' ? ['127.0.0.1'] : ['::1']
    })
    const { measurement } = await measure(site.url('/', 'half.example'), {
      resolveHost: resolveByDns(createResolver),
      timeoutMs: 1_500,
    })
    // The website listens on 127.0.0.1 alone.
    const ends = { AAAA: { status: 'Good', dnsUs: expect.any(Number) }, A: { failure: 'CONNECT' } }[silent]
    expect(measurement).toMatchObject(ends ?? {})
  },
)

test('a check goes to any address its policy permits, and to no other', async () => {
  const site = await serveHttp((_, response) => response.end())
  const policy = { ...OPEN_POLICY, deniedHosts: ['127.0.0.2'] }
  const resolveHost = async () => ['127.0.0.2', '::1', '127.0.0.1']
  const url = site.url('/', 'many.example')
  const { measurement } = await measure(url, { policy, resolveHost })
  expect(measurement).toMatchObject({ status: 'Good', remoteAddress: '127.0.0.1' })
  expect(await verdictOf(url, { check: { ipVersion: 'V6' }, resolveHost })).toMatch(/^CONNECT /)
})
