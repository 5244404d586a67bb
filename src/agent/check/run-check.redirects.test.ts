import { describe, expect, test } from 'vitest'

import { serveAnswer, serveHttp, serveRaw } from '../../testing/agent/check/loopback.js'
import type { Site } from '../../testing/agent/check/loopback.js'
import { measure, OPEN_POLICY, USER_AGENT, verdictOf } from '../../testing/agent/check/measure.js'

/** Redirects `/n` to `/n-1`, and answers `/0`. */
function countdown(status = 302): Promise<Site> {
  return serveHttp((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) response.end('there')
    else response.writeHead(status, { location: `${left - 1}` }).end()
  })
}

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%s is followed', async (status) => {
    const site = await countdown(status)
    const { measurement, hops } = await measure(site.url('/2'))
    expect(measurement).toMatchObject({ status: 'Good', httpStatus: 200 })
    expect(hops.map(({ url, httpStatus }) => [url, httpStatus])).toEqual([
      [site.url('/2'), status],
      [site.url('/1'), status],
      [site.url('/0'), 200],
    ])
  })

  test('as many as are asked for, and not one more', async () => {
    const site = await countdown()
    expect(await verdictOf(site.url('/5'))).toBe('Good')
    const { measurement } = await measure(site.url('/6'))
    expect(measurement).toMatchObject({
      failure: 'REDIRECT',
      detail: 'TOO_MANY_REDIRECTS',
      httpStatus: 302,
      latencyUs: null,
    })
  })

  test('none, where the redirect is the answer', async () => {
    const site = await countdown(301)
    expect(await verdictOf(site.url('/1'), { check: { redirects: 0 } })).toBe('STATUS -')
    expect(await verdictOf(site.url('/1'), { check: { redirects: 0, statuses: '301' } })).toBe('Good')
    expect(site.requests).toHaveLength(2)
  })

  test('without a Location they are the answer', async () => {
    const url = await serveAnswer('HTTP/1.1 302 Where\r\nContent-Length: 0\r\n\r\n')
    expect(await verdictOf(url, { check: { statuses: '302' } })).toBe('Good')
  })

  test('in a circle are found out at once', async () => {
    const site = await serveHttp((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b#there' : '/a' }).end()
    })
    expect(await verdictOf(site.url('/a'), { check: { redirects: 10 } })).toBe('REDIRECT REDIRECT_LOOP')
    expect(site.requests).toHaveLength(2)
  })

  test.each(['http://', 'http://[', 'ftp://127.0.0.1/', 'file:///etc/passwd', 'javascript:1', 'http://a:b@/'])(
    'to %s are not followed',
    async (location) => {
      const url = await serveAnswer(`HTTP/1.1 302 There\r\nLocation: ${location}\r\n\r\n`)
      expect(await verdictOf(url)).toBe('REDIRECT INVALID_LOCATION')
    },
  )

  test('to a URL with a user name are followed without it', async () => {
    const site = await serveHttp((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: `http://user:word@127.0.0.1:${site.port}/there` })
      response.end()
    })
    const { measurement, hops } = await measure(site.url())
    expect(measurement.status).toBe('Good')
    expect(hops[1]?.url).toBe(site.url('/there'))
    expect(site.requests[1]?.headers).not.toHaveProperty('authorization')
  })

  test.each([
    ['UTF-8', '/ü?ü', 'utf8', '/%C3%BC?%C3%BC'],
    ['ISO-8859-1', '/ü?ü', 'latin1', '/%FC?%FC'],
    ['Shift_JIS', '/\u0093\u00fa', 'latin1', '/%93%FA'],
    ['escapes, broken ones too', '/%fc%zz%', 'latin1', '/%fc%zz%'],
    ['blanks and quotes', '/a b"c', 'latin1', '/a%20b%22c'],
  ] as const)('a Location in %s is asked as it came', async (_, location, encoding, asked) => {
    const site = await serveHttp((request, response) => {
      if (request.url !== '/') response.end()
      else response.socket?.end(Buffer.from(`HTTP/1.1 302 There\r\nLocation: ${location}\r\n\r\n`, encoding))
    })
    expect(await verdictOf(site.url())).toBe('Good')
    expect(site.requests[1]?.url).toBe(asked)
  })

  test('the figures are those of the last hop, which may fail', async () => {
    const site = await serveHttp((_, response) => {
      response.writeHead(302, { location: 'http://nowhere.example/' }).end()
    })
    const resolveHost = () => Promise.reject(new Error('no code'))
    const { measurement } = await measure(site.url(), { resolveHost })
    expect(measurement).toMatchObject({ failure: 'DNS', detail: 'ENOTFOUND', httpStatus: null, connectUs: null })
    expect(measurement.remoteAddress).toBe('127.0.0.1')
  })
})

describe('what a redirect takes along', () => {
  const headers = [
    { name: 'authorization', value: 'secret' },
    { name: 'X-Api-Key', value: 'secret' },
    { name: 'cookie', value: 'key=secret' },
    { name: 'Accept', value: 'text/html' },
    { name: 'accept-language', value: 'de' },
    { name: 'content-type', value: 'text/plain' },
  ]

  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [302, 'HEAD', 'HEAD'],
    [303, 'HEAD', 'HEAD'],
  ] as const)('%s makes of %s a %s within the origin', async (status, method, then) => {
    const bodies: string[] = []
    const site = await serveHttp(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString())
      if (request.url === '/') response.writeHead(status, { location: '/there' })
      response.end()
    })
    const body = method === 'POST' ? 'body' : null
    expect(await verdictOf(site.url(), { check: { method, body, headers } })).toBe('Good')
    expect(site.requests.map((request) => request.method)).toEqual([method, then])
    const kept = method === then
    expect(bodies[1]).toBe(then === 'POST' ? 'body' : '')
    expect(site.requests[1]?.headers).toMatchObject({ authorization: 'secret' })
    expect(site.requests[1]?.headers['content-type']).toBe(kept ? 'text/plain' : undefined)
  })

  test("of the owner's headers only what he wants for an answer to another origin, and back from there", async () => {
    const home = await serveHttp((request, response) => {
      if (request.url === '/') response.writeHead(307, { location: other.url() })
      response.end()
    })
    const other = await serveHttp((_, response) => response.writeHead(307, { location: home.url('/back') }).end())
    expect(await verdictOf(home.url(), { check: { headers } })).toBe('Good')
    expect(home.requests[0]?.headers).toMatchObject({
      'x-api-key': 'secret',
      cookie: 'key=secret',
      accept: 'text/html',
    })
    const wanted = { accept: 'text/html', 'accept-language': 'de', 'accept-encoding': 'identity', connection: 'close' }
    const own = { ...wanted, 'user-agent': USER_AGENT }
    expect(other.requests[0]?.headers).toEqual({ ...own, host: `127.0.0.1:${other.port}` })
    expect(home.requests[1]?.headers).toEqual({ ...own, host: `127.0.0.1:${home.port}` })
  })

  test('no body to another origin', async () => {
    const other = await serveHttp((_, response) => response.end())
    const site = await serveHttp((_, response) => response.writeHead(307, { location: other.url() }).end())
    const check = { method: 'POST', body: 'secret' } as const
    expect(await verdictOf(site.url(), { check })).toBe('REDIRECT BODY_TO_OTHER_ORIGIN')
    expect(other.requests).toEqual([])
  })
})

describe('a redirect to where the agent does not go', () => {
  test('to a denied host is a failure of the website', async () => {
    const site = await serveHttp((_, response) => {
      response.writeHead(302, { location: 'http://www.example.com/' }).end()
    })
    const policy = { ...OPEN_POLICY, deniedHosts: ['example.com'] }
    const { measurement, hops } = await measure(site.url(), { policy })
    expect(measurement).toMatchObject({ failure: 'REDIRECT', detail: 'FORBIDDEN_TARGET', httpStatus: 302 })
    expect(measurement.connectUs).not.toBeNull()
    expect(hops).toHaveLength(1)
  })

  test.each(['second.example', '127.0.0.2', '[::ffff:7f00:2]'])(
    'to an address that is forbidden, by %s',
    async (host) => {
      let connections = 0
      const { port } = await serveRaw(() => (connections += 1))
      const site = await serveHttp((_, response) => {
        response.writeHead(302, { location: `http://${host}:${port}/` }).end()
      })
      // All that a test can reach is private, so a list says here which of it is forbidden.
      const policy = { ...OPEN_POLICY, deniedHosts: ['127.0.0.2'] }
      const resolveHost = async () => ['127.0.0.2']
      expect(await verdictOf(site.url(), { policy, resolveHost })).toBe('REDIRECT FORBIDDEN_TARGET')
      expect(connections).toBe(0)
    },
  )
})
