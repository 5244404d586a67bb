import { expect, test } from 'vitest'
import { serveHttp, type Handler } from '../../testing/agent/check/loopback.js'
import { measure, verdictOf } from '../../testing/agent/check/measure.js'

/** Shows its page to who brings the cookie, and sends everybody else back with one. */
const gate: Handler = ({ url = '/', headers }, response) => {
  if (headers.cookie?.includes('seen=1') === true) response.end('welcome')
  else response.writeHead(302, { location: url, 'set-cookie': ['seen=1; Path=/', 'other=2'] }).end()
}

test('a page that sets a cookie and redirects to itself is asked again with it', async () => {
  const site = await serveHttp(gate)
  const check = { keyword: 'welcome', keywordMust: 'PRESENT' } as const
  expect(await verdictOf(site.url('/page'), { check })).toBe('Good')
  expect(site.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'seen=1; other=2'])
})

test("it comes beside the owner's own", async () => {
  const site = await serveHttp(gate)
  const headers = [{ name: 'Cookie', value: 'key=secret' }]
  expect(await verdictOf(site.url('/page'), { check: { headers } })).toBe('Good')
  expect(site.requests.map((request) => request.headers.cookie)).toEqual(['key=secret', 'key=secret; seen=1; other=2'])
})

test('no check brings the cookies of another', async () => {
  const site = await serveHttp(gate)
  await verdictOf(site.url('/page'))
  await verdictOf(site.url('/page'))
  expect(site.requests.map(({ headers }) => headers.cookie)).toEqual([
    undefined,
    'seen=1; other=2',
    undefined,
    'seen=1; other=2',
  ])
})

test('no other host hears of them, and the first does again', async () => {
  const other = await serveHttp((_, response) => response.writeHead(302, { location: site.url('/back') }).end())
  const site = await serveHttp(({ url }, response) => {
    if (url === '/back') return response.end()
    const location = other.url('/', 'other.example')
    return response.writeHead(302, { location, 'set-cookie': 'a=b; Path=/' }).end()
  })
  const resolveHost = async () => ['127.0.0.1']
  expect(await verdictOf(site.url(), { resolveHost })).toBe('Good')
  expect(other.requests[0]?.headers).not.toHaveProperty('cookie')
  expect(site.requests[1]?.headers.cookie).toBe('a=b')
})

test.each([
  ['sets the same cookie again and again', () => 'a=b', 'REDIRECT REDIRECT_LOOP', 2],
  ['sets one that goes elsewhere', () => 'a=b; Path=/elsewhere', 'REDIRECT REDIRECT_LOOP', 1],
  ['takes its cookie back at once', () => 'a=b; Max-Age=0', 'REDIRECT REDIRECT_LOOP', 1],
  ['counts its visitors', (count: number) => `a=${count}`, 'REDIRECT TOO_MANY_REDIRECTS', 6],
])('a page that redirects to itself and %s is a circle', async (_, cookieOf, verdict, asked) => {
  const site = await serveHttp(({ url = '/' }, response) => {
    response.writeHead(302, { location: url, 'set-cookie': cookieOf(site.requests.length) }).end()
  })
  const { measurement } = await measure(site.url())
  expect(`${measurement.failure} ${measurement.detail}`).toBe(verdict)
  expect(site.requests).toHaveLength(asked)
})
