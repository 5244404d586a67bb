import { createSecureContext } from 'node:tls'

import { describe, expect, test } from 'vitest'

import { freePort, readPem, type CertificateName } from '../../testing/agent/check/loopback.js'
import { serveProxy } from '../../testing/agent/link/serve-proxy.js'
import { useWorld } from '../../testing/agent/world.js'

const world = useWorld()
const trust = createSecureContext({ ca: readPem('ca') })

async function useHttps(certificate: CertificateName = 'trusted') {
  await world.hub.close()
  const tls = { key: readPem('key'), cert: readPem(certificate) }
  await world.replaceHub(() => world.clock.now(), 0, { tls })
  return Number(new URL(world.hub.url).port)
}

describe('a hub over TLS', () => {
  test('is joined, by its name alone', async () => {
    await useHttps()
    const asked: string[] = []
    const resolveHost = async (host: string) => {
      asked.push(host)
      return ['127.0.0.1']
    }
    const agent = world.start({}, { link: { trust, resolveHost } })
    expect(await agent.next('CONNECTED')).toMatchObject({ validatorId: 'validator-1' })
    expect(new Set(asked)).toEqual(new Set(['localhost']))
  })

  test.each([
    [
      'expired',
      'CERT_HAS_EXPIRED',
      /this machine's clock, which shows \d{4}-\d\d-\d\dT.*set the clock if that is wrong/,
    ],
    [
      'self-signed',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      /NODE_EXTRA_CA_CERTS=.*inspects TLS|inspects TLS.*NODE_EXTRA_CA_CERTS=/,
    ],
    ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID', /not valid for that address/],
  ] as const)('is not joined with a certificate that is %s', async (certificate, code, words) => {
    await useHttps(certificate)
    const told = await world.start({}, { link: { trust } }).next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'UNTRUSTED', code, message: expect.stringMatching(words) })
    expect(world.hub.count('SIGNUP')).toBe(0)
  })
})

describe('through a proxy', () => {
  test.each(['http', 'https'] as const)(
    'over %s the agent joins and answers; its checks go directly',
    async (scheme) => {
      const hubPort = await useHttps()
      const proxy = await serveProxy(scheme)
      const site = await world.startSite()
      const authorization = `Basic ${Buffer.from('ada:secret').toString('base64')}`
      const agent = world.start(
        { proxy: { origin: proxy.origin, authorization, variable: 'HTTPS_PROXY' } },
        { link: { trust } },
      )
      expect(agent.events[0]).toMatchObject({ event: 'STARTED', proxy: proxy.origin })
      await world.hub.next('TASKS')
      world.hub.sendTasks([world.task('a', site.url)])
      expect(await agent.next('ROUND')).toMatchObject({ good: 1, accepted: 1 })
      expect(proxy.asked.length).toBeGreaterThan(1)
      expect(new Set(proxy.asked.map((one) => JSON.stringify(one)))).toEqual(
        new Set([JSON.stringify({ authority: `localhost:${hubPort}`, authorization })]),
      )
      expect(JSON.stringify(agent.events)).not.toMatch(/secret|Basic/)
    },
  )

  test.each([
    [407, null, 'PROXY_REFUSED', 'wants a user name and a password (HTTP 407)'],
    [407, 'Basic eA==', 'PROXY_REFUSED', 'does not accept the user name and password in HTTPS_PROXY (HTTP 407)'],
    [403, null, 'PROXY_REFUSED', 'lets nobody through to localhost:'],
    [502, null, 'UNREACHABLE', 'cannot reach localhost:'],
  ] as const)('that answers %i, given %s, is named', async (status, authorization, fault, words) => {
    await useHttps()
    const { origin } = await serveProxy('http', () => status)
    const agent = world.start({ proxy: { origin, authorization, variable: 'HTTPS_PROXY' } }, { link: { trust } })
    const told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault, code: `PROXY_${status}`, message: expect.stringContaining(words) })
    expect(told.message).toContain(`The proxy ${origin} `)
    expect(world.hub.count('SIGNUP')).toBe(0)
  })

  test('that is not there is named, and one whose certificate is not trusted', async () => {
    await useHttps()
    const absent = { origin: `http://localhost:${await freePort()}`, authorization: null, variable: 'https_proxy' }
    const told = await world.start({ proxy: absent }, { link: { trust } }).next('DISCONNECTED')
    expect(told).toMatchObject({
      fault: 'UNREACHABLE',
      message: `The proxy ${absent.origin} cannot be reached (ECONNREFUSED): check https_proxy and the proxy.`,
    })
    const { origin } = await serveProxy('https')
    const untrusted = await world.start({ proxy: { ...absent, origin } }).next('DISCONNECTED')
    expect(untrusted).toMatchObject({ fault: 'UNTRUSTED', message: expect.stringContaining(`the proxy ${origin}`) })
  })
})

describe('a hub that cannot serve', () => {
  test.each([500, 408, 503])('says so by %i, or what is before it does', async (status) => {
    world.hub.script.http = (_request, response) => {
      response
        .writeHead(status, { 'retry-after': 'Wed, 02 Dec 2026 12:00:40 GMT', date: 'Wed, 02 Dec 2026 12:00:00 GMT' })
        .end('oops')
      return true
    }
    const told = await world.start().next('DISCONNECTED')
    expect(told).toMatchObject({
      fault: 'BUSY',
      message: expect.stringContaining(`, or a proxy before it, cannot serve this validator now (HTTP ${status})`),
    })
    expect(told.retryInMs).toBe(40_000 + 1_400)
  })

  test('says so in place of the upgrade, too', async () => {
    world.hub.script.upgrade = 'HTTP/1.1 503 No\r\nRetry-After: 70\r\nContent-Length: 0\r\n\r\n'
    const told = await world.start().next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'BUSY', code: 'HTTP_503', retryInMs: 71_400 })
  })

  test('takes no upgrade', async () => {
    world.hub.script.upgrade = 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'
    expect(await world.start().next('DISCONNECTED')).toMatchObject({
      fault: 'NOT_A_HUB',
      message: expect.stringContaining('takes no WebSocket on /graphql (HTTP 404)'),
    })
  })
})
