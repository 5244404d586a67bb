import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fault } from '../graph/fault.js'
import { askRaw } from '../testing/http/ask-raw.js'
import { createRequestHandler } from './handle-requests.js'
import { localOrigin, portOf } from './listen.js'
import { redirectRoute } from './redirect-route.js'
import { READ, type Audience, type Route } from './route.js'
import { sendJson } from './send-body.js'
import { sendForms, tagForms } from './send-forms.js'

const LISTED = 'https://status.example'
const bytes = (text: string) => new TextEncoder().encode(text)
const script = tagForms({ identity: bytes('plain'), gzip: bytes('gzipped'), br: bytes('br') })
const plain = tagForms({ identity: bytes('only plain') })
const forAudience = (audience: Audience): Route => ({
  path: `/for/${audience}`,
  methods: READ,
  audience,
  serve: ({ response }) => sendJson(response, 200, {}),
})
const rules = { methods: READ, audience: 'EVERYBODY' } as const
const ROUTES: readonly Route[] = [
  redirectRoute('/', '/there'),
  {
    ...rules,
    under: '/assets/',
    serve(exchange) {
      if (exchange.rest !== 'app.js' && exchange.rest !== 'plain.txt') {
        return { status: 404, code: 'BAD_USER_INPUT', message: `no ${exchange.rest}` }
      }
      const headers = { 'content-type': 'text/javascript', 'cache-control': 'max-age=31536000, immutable' }
      return sendForms(exchange, exchange.rest === 'app.js' ? script : plain, headers)
    },
  },
  { ...rules, path: '/json', serve: ({ response, url }) => sendJson(response, 201, { q: url.searchParams.get('q') }) },
  {
    ...rules,
    path: '/fault',
    serve() {
      throw fault('FORBIDDEN', 'Not you.')
    },
  },
  { ...rules, path: '/late', serve: async () => Promise.reject(new Error('late')) },
  {
    ...rules,
    path: '/half',
    async serve({ response }) {
      response.writeHead(200, { 'content-length': 10 })
      await new Promise((resolve) => response.write('half', resolve))
      throw new Error('half')
    },
  },
  ...(['EVERYBODY', 'CALLERS', 'OWNERS', 'OPERATORS'] as const).map(forAudience),
]

const handle = createRequestHandler(ROUTES, {
  settings: { corsOrigins: [LISTED] },
  explain: (error) => {
    const isTold = (error as Error).message === 'Not you.'
    if (isTold) return { status: 403, code: 'FORBIDDEN', message: 'Not you.' }
    return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: `explained: ${(error as Error).message}` }
  },
})
const server = createServer(handle)
let origin: string
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  origin = localOrigin('127.0.0.1', portOf(server))
})
afterAll(() => new Promise((resolve) => void server.close(resolve)))

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  askRaw(`${origin}${path}`, { method, headers })
const messageOf = ({ body }: { body: Buffer }) =>
  (JSON.parse(body.toString()) as { errors: { message: string }[] }).errors[0]?.message

describe('a route', () => {
  it('is asked with what it is asked for', async () => {
    const { status, body } = await ask('/json?q=%41')
    expect([status, body.toString()]).toEqual([201, '{"q":"A"}'])
  })

  it.each(['/', '/assets/app.js', '/assets/none', '/json', '/fault', '/late', '/nothing'])(
    'at %s answers HEAD as GET, without a body',
    async (path) => {
      const [get, head] = [await ask(path), await ask(path, {}, 'HEAD')]
      const namesNoDate = (headers: object) => ({ ...headers, date: null })
      expect(head.status).toBe(get.status)
      expect(namesNoDate(head.headers)).toEqual(namesNoDate(get.headers))
      expect(head.headers['content-length']).toBe(String(get.body.length))
      expect(head.body).toHaveLength(0)
    },
  )

  it('refuses by what it returns, in the shape that GraphQL clients read', async () => {
    const { status, headers, body } = await ask('/assets/a/b.js')
    expect(status).toBe(404)
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', connection: 'close' })
    expect(JSON.parse(body.toString())).toEqual({
      errors: [{ message: 'no a/b.js', extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  it('has told what it throws, at once or later', async () => {
    const [thrown, rejected] = [await ask('/fault'), await ask('/late')]
    expect([thrown.status, messageOf(thrown)]).toEqual([403, 'Not you.'])
    expect([rejected.status, messageOf(rejected)]).toEqual([500, 'explained: late'])
  })

  it('that fails in the middle of its answer breaks the connection off', async () => {
    await expect(ask('/half')).rejects.toThrow('aborted')
  })
})

describe('a body in several forms', () => {
  it.each([
    ['', 'plain', undefined],
    ['gzip', 'gzipped', 'gzip'],
    ['gzip, br', 'br', 'br'],
    ['gzip, br;q=0', 'gzipped', 'gzip'],
    ['gzip;q=0, br;q=0', 'plain', undefined],
  ])('for "%s"', async (accepted, text, encoding) => {
    const { status, headers, body } = await ask('/assets/app.js', { 'accept-encoding': accepted })
    expect([status, body.toString(), headers['content-encoding']]).toEqual([200, text, encoding])
    expect(headers).toMatchObject({ vary: 'accept-encoding', 'cache-control': 'max-age=31536000, immutable' })
  })

  it('is sent as it is where it has no other', async () => {
    const { headers, body } = await ask('/assets/plain.txt', { 'accept-encoding': 'gzip, br' })
    expect([body.toString(), headers['content-encoding']]).toEqual(['only plain', undefined])
  })

  it('is not sent again to whoever has that form of it', async () => {
    const { etag = '' } = (await ask('/assets/app.js', { 'accept-encoding': 'br' })).headers
    const again = (tag: string, accepted: string, method = 'GET') =>
      ask('/assets/app.js', { 'accept-encoding': accepted, 'if-none-match': tag }, method)
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const { status, headers, body } = await again(tag, 'br')
      expect([status, headers.etag, body.length]).toEqual([304, etag, 0])
      expect(headers).toMatchObject({ vary: 'accept-encoding', 'cache-control': 'max-age=31536000, immutable' })
    }
    expect((await again(etag, 'br', 'HEAD')).status).toBe(304)
    expect((await again(etag, 'gzip')).status).toBe(200)
    expect((await again('"x"', 'br')).status).toBe(200)
    expect(script.hash).not.toBe(plain.hash)
  })
})

describe('pages of a listed origin', () => {
  it.each<[Audience, boolean]>([
    ['EVERYBODY', false],
    ['CALLERS', true],
    ['OWNERS', true],
    ['OPERATORS', false],
  ])('and what is for %s', async (audience, mayRead) => {
    const headers = { origin: LISTED, 'access-control-request-method': 'GET' }
    const asked = await ask(`/for/${audience}`, headers, 'OPTIONS')
    expect(asked.status).toBe(mayRead ? 204 : 405)
    for (const answer of [asked, await ask(`/for/${audience}`, headers)]) {
      expect(answer.headers['access-control-allow-origin']).toBe(mayRead ? LISTED : undefined)
    }
  })
})
