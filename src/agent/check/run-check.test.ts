import { EventEmitter, once } from 'node:events'

import { describe, expect, test } from 'vitest'

import { BODY_READ_MAX_BYTES } from '../../protocol/limits.js'
import { serveAnswer, serveHttp, serveRaw } from '../../testing/agent/check/loopback.js'
import { CLOSED_POLICY, measure, OPEN_POLICY, run, USER_AGENT, verdictOf } from '../../testing/agent/check/measure.js'

describe('a website that answers', () => {
  test('is Good, with every figure of a connection without TLS to an address', async () => {
    const site = await serveHttp((_, response) => response.end('hello'))
    const { measurement, hops, certificate } = await measure(site.url(), { clock: { now: () => 1_800_000_000_123 } })
    expect(measurement).toEqual({
      checkedAt: '2027-01-15T08:00:00.123Z',
      status: 'Good',
      failure: null,
      detail: null,
      httpStatus: 200,
      remoteAddress: '127.0.0.1',
      latencyUs: expect.any(Number),
      dnsUs: null,
      connectUs: expect.any(Number),
      tlsUs: null,
      firstByteUs: expect.any(Number),
      certificateExpiresAt: null,
    })
    expect(hops).toMatchObject([{ url: site.url(), httpStatus: 200 }])
    expect(certificate).toBeNull()
  })

  test('has a figure for its name', async () => {
    const site = await serveHttp((_, response) => response.end())
    const { measurement } = await measure(site.url('/', 'localhost'))
    expect(measurement).toMatchObject({ status: 'Good', dnsUs: expect.any(Number), remoteAddress: '127.0.0.1' })
  })

  test('is asked for what the check says, and nothing of Node', async () => {
    const site = await serveHttp((_, response) => response.end())
    await measure(site.url('/a%20b?c=d'), { check: { headers: [{ name: 'X-Key', value: 'a b' }] } })
    const [request] = site.requests
    expect(request).toMatchObject({ method: 'GET', url: '/a%20b?c=d' })
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${site.port}`,
      'user-agent': USER_AGENT,
      'accept-encoding': 'identity',
      accept: '*/*',
      connection: 'close',
      'x-key': 'a b',
    })
  })

  test('gets the body of a POST, and the length of none', async () => {
    const bodies: string[] = []
    const site = await serveHttp(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString())
      response.end()
    })
    const headers = [{ name: 'accept', value: 'text/html' }]
    expect(await verdictOf(site.url(), { check: { method: 'POST', body: '{"q":"ä"}', headers } })).toBe('Good')
    expect(await verdictOf(site.url(), { check: { method: 'POST' } })).toBe('Good')
    expect(bodies).toEqual(['{"q":"ä"}', ''])
    expect(site.requests.map(({ headers }) => headers['content-length'])).toEqual(['10', '0'])
    expect(site.requests[0]?.headers.accept).toBe('text/html')
  })

  test('answers HEAD without a body, whatever length it tells', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
    expect(await verdictOf(url, { check: { method: 'HEAD' } })).toBe('Good')
  })

  test.each([204, 304])('answers %s, which has no body', async (status) => {
    const url = await serveAnswer(`HTTP/1.1 ${status} None\r\n\r\n`)
    expect(await verdictOf(url, { check: { statuses: '200-399' } })).toBe('Good')
  })

  test('may say interim answers before the answer', async () => {
    const url = await serveAnswer('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    expect(await measure(url)).toMatchObject({ measurement: { status: 'Good', httpStatus: 200 } })
  })

  test('may end its body by closing', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\n\r\nall of it', (socket) => socket.end())
    expect(await verdictOf(url, { check: { keyword: 'of it', keywordMust: 'PRESENT' } })).toBe('Good')
  })

  test('is read to the cap and no further', async () => {
    const megabyte = Buffer.alloc(BODY_READ_MAX_BYTES, 'x')
    const { url } = await serveRaw((socket) => {
      const flood = () => {
        while (socket.writable && socket.write(megabyte)) {}
      }
      socket.on('drain', flood)
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        flood()
      })
    })
    expect(await verdictOf(url)).toBe('Good')
  })
})

describe('what a check asks of the answer', () => {
  test.each([
    [200, '200-299', 'Good'],
    [299, '200-299', 'Good'],
    [500, '200-299', 'STATUS -'],
    [401, '200-299,401', 'Good'],
    [301, '200-299', 'STATUS -'],
    [999, '900-999', 'Good'],
  ])('status %s of %s: %s', async (status, statuses, verdict) => {
    const url = await serveAnswer(`HTTP/1.1 ${status} Such\r\nContent-Length: 0\r\n\r\n`)
    expect(await verdictOf(url, { check: { statuses } })).toBe(verdict)
  })

  test('a wrong status keeps the figures that were measured', async () => {
    const site = await serveHttp((_, response) => response.writeHead(503).end('sorry'))
    const { measurement } = await measure(site.url())
    expect(measurement).toMatchObject({ httpStatus: 503, latencyUs: expect.any(Number), remoteAddress: '127.0.0.1' })
  })

  test.each([
    ['PRESENT', 'it is grün here', 'Good'],
    ['PRESENT', 'it is blue here', 'ASSERTION KEYWORD_MISSING'],
    ['ABSENT', 'it is blue here', 'Good'],
    ['ABSENT', 'it is grün here', 'ASSERTION KEYWORD_PRESENT'],
  ] as const)('keyword %s in "%s": %s', async (keywordMust, body, verdict) => {
    const site = await serveHttp((_, response) => response.end(body))
    expect(await verdictOf(site.url(), { check: { keyword: 'grün', keywordMust } })).toBe(verdict)
  })

  test.each([
    [0, 'Good'],
    [1, 'ASSERTION KEYWORD_MISSING'],
  ])('a keyword that ends %s bytes behind the cap: %s', async (beyond, verdict) => {
    const body = `${'x'.repeat(BODY_READ_MAX_BYTES - 'keyword'.length + beyond)}keyword and more`
    const site = await serveHttp((_, response) => response.end(body))
    expect(await verdictOf(site.url(), { check: { keyword: 'keyword', keywordMust: 'PRESENT' } })).toBe(verdict)
  })

  test('latency', async () => {
    const site = await serveHttp((_, response) => {
      const slow = performance.now() + 5
      while (performance.now() < slow) {}
      response.end()
    })
    expect(await verdictOf(site.url(), { check: { maxLatencyMs: 1 } })).toBe('ASSERTION LATENCY')
    expect(await verdictOf(site.url(), { check: { maxLatencyMs: 60_000 } })).toBe('Good')
  })
})

describe('no answer at all', () => {
  test.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'nonsense', 'http://a:b@127.0.0.1/', 'http://127.0.0.1/#x'])(
    'for the URL %s',
    async (url) => {
      expect(await run(url)).toMatchObject({ kind: 'refused', reason: 'UNSUPPORTED_URL' })
    },
  )

  test('for settings that the protocol refuses', async () => {
    const headers = [{ name: 'host', value: 'elsewhere' }]
    expect(await run('http://127.0.0.1/', { check: { headers } })).toMatchObject({ reason: 'INVALID_CHECK' })
  })

  test('when no time is left', async () => {
    expect(await run('http://127.0.0.1/', { timeoutMs: 0 })).toMatchObject({ kind: 'refused', reason: 'NO_TIME' })
  })

  test('for a denied host', async () => {
    const policy = { ...OPEN_POLICY, deniedHosts: ['example.com'] }
    expect(await run('http://www.example.com/', { policy })).toMatchObject({ reason: 'DENIED_HOST' })
    const ofHub = { ...OPEN_POLICY, hubDeniedHosts: new Set(['example.com']) }
    expect(await run('http://www.example.com/', { policy: ofHub })).toMatchObject({ reason: 'DENIED_HOST' })
  })

  test.each([
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '１２７.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '0.0.0.0',
    '169.254.169.254',
  ])('for %s, which is asked nothing', async (host) => {
    let connections = 0
    const { port } = await serveRaw(() => (connections += 1))
    const url = new URL(`http://${host}:${port}/`).href
    expect(await run(url, { policy: CLOSED_POLICY })).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
    expect(connections).toBe(0)
  })

  test('for a name that leads to private addresses only, under https as well', async () => {
    const resolveHost = async () => ['10.0.0.1', 'fd00::1', '::ffff:127.0.0.1']
    const outcome = await run('https://inner.example.com/', { policy: CLOSED_POLICY, resolveHost })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
  })

  test.each(['http', 'https'])('for a socket that turns out to be elsewhere, before a byte of %s', async (scheme) => {
    let bytes = 0
    const sockets = new EventEmitter()
    const closed = once(sockets, 'close')
    const { port } = await serveRaw((socket) => {
      socket.on('data', (chunk) => (bytes += chunk.length))
      socket.once('close', () => sockets.emit('close'))
    })
    const policy = { ...OPEN_POLICY, deniedHosts: ['127.0.0.1'] }
    // No address: what the name stands for shows on the socket only.
    const resolveHost = async () => ['localhost']
    const outcome = await run(`${scheme}://sly.example:${port}/`, { policy, resolveHost })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'PRIVATE_ADDRESS' })
    await closed
    expect(bytes).toBe(0)
  })

  test('once it is called off, before and while it runs', async () => {
    const calledOff = new AbortController()
    const { url } = await serveRaw(() => calledOff.abort())
    expect(await run(url, { signal: calledOff.signal })).toEqual({ kind: 'aborted' })
    expect(await run(url, { signal: calledOff.signal })).toEqual({ kind: 'aborted' })
  })
})
