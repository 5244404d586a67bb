import { describe, expect, it, onTestFinished } from 'vitest'
import type { HostResolver } from '../../dial/resolve-host.js'
import { resolveByDns } from '../../dial/resolve-host.js'
import { freePort, serveAnswer, serveHttp, serveRaw } from '../../testing/agent/check/loopback.js'
import { CLOSED_POLICY, OPEN_POLICY } from '../../testing/agent/check/measure.js'
import { serveAddresses } from '../../testing/dial/serve-dns.js'
import { askBeacon } from './ask-beacon.js'
import type { Beacon } from './beacon.js'
import { PORTAL_BODY_MAX_BYTES } from './limits.js'

const NOBODY: HostResolver = async () => []

async function ask(beacon: Beacon, { policy = OPEN_POLICY, resolveHost = NOBODY } = {}) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const marks: string[] = []
  const signs = {
    resolved: (host: string) => marks.push(`resolved ${host}`),
    connected: (_: string, address: string) => marks.push(`connected ${address}`),
  }
  const terms = { policy, userAgent: 'overlaps-validator/0', resolveHost, signs, signal: leaving.signal }
  return { answer: await askBeacon(beacon, terms), marks }
}

describe('a beacon for the line', () => {
  it('answers by taking a connection', async () => {
    const { port } = await serveRaw((socket) => socket.resume())
    const line = { kind: 'LINE', address: '127.0.0.1', port } as const
    expect(await ask(line)).toEqual({ answer: 'ANSWERED', marks: ['connected 127.0.0.1'] })
    expect(await ask({ ...line, port: await freePort() })).toEqual({ answer: 'SILENT', marks: [] })
  })

  it('is never connected to where the policy forbids it', async () => {
    const { port } = await serveRaw((socket) => socket.resume())
    const line = { kind: 'LINE', address: '127.0.0.1', port } as const
    expect(await ask(line, { policy: CLOSED_POLICY })).toEqual({ answer: 'SILENT', marks: [] })
  })
})

describe('a beacon for the name servers', () => {
  it('is a name that no cache can know', async () => {
    const { createResolver, asked } = await serveAddresses((_, type) => (type === 'A' ? ['192.0.2.1'] : []))
    const resolveHost = resolveByDns(createResolver)
    const fresh = { kind: 'NAME', name: 'names.example', isFresh: true } as const
    expect(await ask(fresh, { resolveHost })).toMatchObject({ answer: 'ANSWERED' })
    expect(await ask(fresh, { resolveHost })).toMatchObject({ answer: 'ANSWERED' })
    const names = new Set(asked)
    expect(names.size).toBe(2)
    for (const name of names) expect(name).toMatch(/^o[\da-f]{12}\.names\.example$/)
    await ask({ ...fresh, isFresh: false }, { resolveHost })
    expect(asked).toContain('names.example')
  })

  it.each(['NXDOMAIN', 'SERVFAIL', 'REFUSED'] as const)(
    'has not answered with %s, as a router says to all names',
    async (code) => {
      const { createResolver } = await serveAddresses(() => code)
      const name = { kind: 'NAME', name: 'names.example', isFresh: true } as const
      expect(await ask(name, { resolveHost: resolveByDns(createResolver) })).toEqual({ answer: 'SILENT', marks: [] })
    },
  )
})

describe('a beacon for portals', () => {
  const portal = (url: string, text: string | null = 'success') => ({ kind: 'PORTAL', url, text }) as const

  it('answers with its text, or with 204, and hears who asks', async () => {
    const site = await serveHttp((request, response) => {
      if (request.url === '/204') response.writeHead(204).end()
      else response.end('success\n')
    })
    expect(await ask(portal(site.url()))).toEqual({ answer: 'ANSWERED', marks: ['connected 127.0.0.1'] })
    expect(await ask(portal(site.url('/204'), null))).toMatchObject({ answer: 'ANSWERED' })
    expect(await ask(portal(site.url(), null))).toMatchObject({ answer: 'OTHERWISE' })
    expect(site.requests[0]?.headers['user-agent']).toBe('overlaps-validator/0')
  })

  it.each([
    [200, 'Log in', 'OTHERWISE'],
    [302, '', 'OTHERWISE'],
    [511, 'success', 'OTHERWISE'],
    [500, 'success', 'SILENT'],
    [429, '', 'SILENT'],
  ] as const)('that answers with %s and %j: %s', async (status, body, answer) => {
    const site = await serveHttp((_, response) => response.writeHead(status, { location: '/login' }).end(body))
    expect(await ask(portal(site.url()))).toMatchObject({ answer })
    expect(site.requests).toHaveLength(1)
  })

  it('is read no further than it may be, and is silent where it is cut', async () => {
    const long = await serveHttp((_, response) => response.end('x'.repeat(2 * PORTAL_BODY_MAX_BYTES)))
    expect(await ask(portal(long.url()))).toMatchObject({ answer: 'OTHERWISE' })
    const cut = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsucc', (socket) => socket.end())
    expect(await ask(portal(cut))).toMatchObject({ answer: 'SILENT' })
  })

  it('says nothing of the name servers, whose cache may know its name', async () => {
    const site = await serveHttp((_, response) => response.end('success'))
    const url = site.url('/', 'portal.example')
    const resolveHost = async () => ['127.0.0.1']
    expect(await ask(portal(url), { resolveHost })).toEqual({ answer: 'ANSWERED', marks: ['connected 127.0.0.1'] })
    expect(await ask(portal(url), { resolveHost, policy: CLOSED_POLICY })).toEqual({ answer: 'SILENT', marks: [] })
  })
})
