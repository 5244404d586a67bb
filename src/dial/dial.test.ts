import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort, serveRaw } from '../testing/agent/check/loopback.js'
import { eventually } from '../testing/eventually.js'
import { dial, type DialTerms } from './dial.js'
import { startFigures } from './figures.js'
import { startLife } from './life.js'

/** A server that counts who comes and what they say, and a way to dial it. */
async function openWorld(terms: Partial<DialTerms> = {}) {
  const met = { connections: 0, bytes: 0, ended: 0 }
  const { port } = await serveRaw((socket) => {
    met.connections += 1
    socket.on('data', (chunk) => (met.bytes += chunk.length))
    socket.once('close', () => (met.ended += 1))
  })
  const life = startLife(10_000, undefined)
  onTestFinished(() => life.end())
  const figures = startFigures()
  const all = { resolveHost: async () => ['127.0.0.1'], forbids: () => false, life, ...terms }
  return { met, life, figures, dial: (host: string, to = port) => dial(host, to, all, figures) }
}

const NOTHING_SEEN = { connections: 0, bytes: 0, ended: 0 }

describe('the dial', () => {
  it('connects to a name, and notes what it measured', async () => {
    const { dial, figures } = await openWorld()
    expect(await dial('site.example.com')).toMatchObject({ kind: 'connected' })
    expect(figures).toMatchObject({ remoteAddress: '127.0.0.1', dnsUs: expect.any(Number), tlsUs: null })
    expect(figures.connectUs).toEqual(expect.any(Number))
  })

  it('tells each sign of life as it comes, and notes what it dialled', async () => {
    const heard: string[] = []
    const hear =
      (what: string) =>
      (...about: string[]) =>
        heard.push([what, ...about].join(' '))
    let connectedAt = Infinity
    const { dial, figures } = await openWorld({
      resolveHost: async () => ['255.255.255.255', '127.0.0.1'],
      signs: {
        resolving: hear('resolving'),
        resolved: hear('resolved'),
        attempting: hear('attempting'),
        failed: hear('failed'),
        connected: (...about) => {
          connectedAt = performance.now()
          hear('connected')(...about)
        },
      },
    })
    const startedAt = performance.now()
    await dial('site.example.com')
    expect(heard).toEqual([
      'resolving site.example.com',
      'resolved site.example.com',
      'attempting 255.255.255.255',
      'failed 255.255.255.255 ENETUNREACH',
      'attempting 127.0.0.1',
      'connected site.example.com 127.0.0.1',
    ])
    expect(figures.attempts).toMatchObject([
      { address: '255.255.255.255', code: 'ENETUNREACH' },
      { address: '127.0.0.1', code: null },
    ])
    expect(figures.aliveAt).toBeLessThanOrEqual(connectedAt)
    expect(figures.aliveAt).toBeGreaterThan(startedAt)
  })

  it('looks up no address', async () => {
    const { dial, figures } = await openWorld({ resolveHost: () => Promise.reject(new Error('asked')) })
    expect(await dial('127.0.0.1')).toMatchObject({ kind: 'connected' })
    expect(figures.dnsUs).toBeNull()
  })

  it('looks a name up once: an answer that changes leads nowhere', async () => {
    const asked: string[] = []
    const resolveHost = async (host: string) => {
      asked.push(host)
      return asked.length === 1 ? ['10.0.0.1'] : ['127.0.0.1']
    }
    const { dial, met } = await openWorld({ resolveHost, forbids: (address) => address === '10.0.0.1' })
    expect(await dial('rebind.example.com')).toEqual({ kind: 'forbidden' })
    expect(asked).toEqual(['rebind.example.com'])
    expect(met).toEqual(NOTHING_SEEN)
  })

  it('connects to no address that the guard forbids', async () => {
    const { dial, met, figures } = await openWorld({ forbids: (address) => address === '127.0.0.1' })
    expect(await dial('site.example.com')).toEqual({ kind: 'forbidden' })
    expect(await dial('127.0.0.1')).toEqual({ kind: 'forbidden' })
    expect(met).toEqual(NOTHING_SEEN)
    expect(figures.connectUs).toBeNull()
  })

  it('leaves the forbidden of several out', async () => {
    const resolveHost = async () => ['127.0.0.2', '127.0.0.1']
    const { dial, figures } = await openWorld({ resolveHost, forbids: (address) => address === '127.0.0.2' })
    expect(await dial('site.example.com')).toMatchObject({ kind: 'connected' })
    expect(figures.remoteAddress).toBe('127.0.0.1')
  })

  it('asks the guard again of the connected socket, before a byte is sent', async () => {
    const looks: string[] = []
    const forbids = (address: string) => looks.push(address) > 1
    const { dial, met, figures } = await openWorld({ forbids })
    expect(await dial('site.example.com')).toEqual({ kind: 'forbidden' })
    expect(looks).toEqual(['127.0.0.1', '127.0.0.1'])
    await eventually(() => expect(met).toEqual({ connections: 1, bytes: 0, ended: 1 }))
    expect(figures).toMatchObject({ remoteAddress: null, connectUs: null })
  })

  it.each([
    ['that nobody knows', async () => [], 'DNS', 'ENODATA', null],
    ['whose look-up fails', () => Promise.reject(new Error('none')), 'DNS', 'ENOTFOUND', null],
    ['without an address of the version', async () => ['::1'], 'CONNECT', 'IP_VERSION_MISMATCH', expect.any(Number)],
  ] as const)('fails at a name %s', async (_, resolveHost, failure, detail, dnsUs) => {
    const { dial, met, figures } = await openWorld({ resolveHost, family: 4 })
    expect(await dial('site.example.com')).toEqual({ kind: 'failed', failure, detail })
    expect(met).toEqual(NOTHING_SEEN)
    expect(figures).toEqual({ ...startFigures(), dnsUs, aliveAt: expect.any(Number) })
  })

  it('fails where nobody listens', async () => {
    const { dial } = await openWorld()
    const refused = { kind: 'failed', failure: 'CONNECT', detail: 'ECONNREFUSED' }
    expect(await dial('site.example.com', await freePort())).toEqual(refused)
  })

  it('connects to nothing any more when the life is over', async () => {
    let answer: (addresses: string[]) => void = () => {}
    const { dial, life, met } = await openWorld({ resolveHost: () => new Promise((resolve) => (answer = resolve)) })
    let settled = false
    void dial('site.example.com').then(() => (settled = true))
    life.end()
    answer(['127.0.0.1'])
    // One that is dialled after it is there first.
    const other = await openWorld()
    expect(await other.dial('site.example.com')).toMatchObject({ kind: 'connected' })
    expect({ met, settled }).toEqual({ met: NOTHING_SEEN, settled: false })
  })
})
