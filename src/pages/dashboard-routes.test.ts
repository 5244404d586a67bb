import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { requireBuild } from '../testing/cli/run-program.js'
import { askRaw } from '../testing/http/ask-raw.js'
import { builtAsset } from '../testing/pages/built-asset.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

const PLACES = [
  '/',
  '/log-in',
  '/websites',
  '/websites/01a20438-7ed8-7469-8742-536c82eb9af1',
  '/websites/no/such',
  '/incidents',
  '/incidents/01a20438-7ed8-7469-8742-536c82eb9af1',
  '/notifications',
  '/notifications/01a20438-7ed8-7469-8742-536c82eb9af1',
  '/account',
]
const FIRST_PAGE_MAX_BYTES = 60_000

let hub: TestHub
beforeAll(async () => {
  await requireBuild()
  hub = await startTestHub(inject('template'))
})
afterAll(() => hub.close())

/** Like a browser. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  askRaw(`${hub.url}${path}`, { method, headers: { accept: 'text/html,*/*;q=0.8', ...headers } })

describe("the dashboard's page", () => {
  it.each(PLACES)('is at %s, the same everywhere', async (path) => {
    const [here, first] = [await ask(path), await ask('/')]
    expect(here).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
    expect(here.body.equals(first.body)).toBe(true)
    expect(here.headers.etag).toBe(first.headers.etag)
  })

  it('allows nothing from elsewhere, nothing inline and no frame around it', async () => {
    const { headers, body } = await ask('/websites')
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    })
    const html = body.toString()
    expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc="\/assets\/)/)
    const loaded = [...html.matchAll(/<(?:script|link)\b[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, url]) => url)
    expect(loaded.length).toBeGreaterThan(1)
    expect(loaded.filter((url) => url?.startsWith('/assets/') !== true)).toEqual([])
  })

  it('loads what there is', async () => {
    const html = (await ask('/')).body.toString()
    for (const [, url = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]*)"/g)) {
      expect([url, (await ask(url)).status]).toEqual([url, 200])
    }
  })

  it('is for browsers: a program gets GraphQL, or is told that nothing is there', async () => {
    expect(await ask('/', { accept: '*/*' })).toMatchObject({ status: 302, headers: { location: '/graphql' } })
    expect((await ask('/websites', { accept: 'application/json' })).status).toBe(404)
  })

  it.each([
    '/website',
    '/websites-x',
    '/log-in/',
    '/account/',
    '/account/x',
    '/notification',
    '/index.html',
    '/assets/',
    '/assets',
  ])('is not at %s', async (path) => {
    expect((await ask(path)).status).toBe(404)
  })
})

describe('what the page loads', () => {
  it.each(['js', 'css', 'svg'] as const)('%s has its type and may be kept for ever', async (type) => {
    const { status, headers } = await ask(`/assets/${await builtAsset(type)}`)
    expect({ status, headers }).toMatchObject({
      status: 200,
      headers: {
        'content-type': { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' }[
          type
        ],
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    })
  })

  it.each([
    '/assets/nothing.js',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/index.html',
    '/assets//etc/passwd',
    '/assets/index.html',
  ])('%s is 404', async (path) => {
    const { status, headers } = await ask(path)
    expect([status, headers['cache-control']]).toEqual([404, 'no-store'])
  })

  it('keeps what is compressed to itself', async () => {
    expect((await ask(`/assets/${await builtAsset('js')}.br`)).status).toBe(404)
  })
})

describe('the page and what it loads', () => {
  const everything = async () => ['/', `/assets/${await builtAsset('js')}`, `/assets/${await builtAsset('css')}`]

  it('come as brotli to those who take it, else as they are', async () => {
    for (const path of await everything()) {
      const [plain, brotli] = [await ask(path), await ask(path, { 'accept-encoding': 'gzip, deflate, br, zstd' })]
      expect([plain.headers['content-encoding'], brotli.headers['content-encoding']]).toEqual([undefined, 'br'])
      expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true)
      expect(plain.headers.vary).toContain('accept-encoding')
      expect(plain.headers.etag).not.toBe(brotli.headers.etag)
    }
  })

  it('are not sent again to whoever has them', async () => {
    for (const path of await everything()) {
      const etag = (await ask(path)).headers.etag ?? ''
      const again = await ask(path, { 'if-none-match': etag })
      expect(again).toMatchObject({ status: 304, headers: { etag } })
      expect(again.body).toHaveLength(0)
      expect((await ask(path, { 'if-none-match': '"another"' })).status).toBe(200)
    }
  })

  it('answer HEAD as GET, without a body', async () => {
    for (const path of await everything()) {
      const [get, head] = [await ask(path), await ask(path, {}, 'HEAD')]
      expect([head.status, head.body.length]).toEqual([200, 0])
      expect(head.headers.etag).toBe(get.headers.etag)
      expect(head.headers['content-length']).toBe(get.headers['content-length'])
    }
  })

  it('say so when they are posted to', async () => {
    expect(await ask('/websites', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })

  it('are at most 60 kB of script and style on the first page, as brotli', async () => {
    const html = (await ask('/')).body.toString()
    const loaded = [...html.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, url = '']) => url)
    expect(new Set(loaded.map((url) => url.split('.').at(-1)))).toEqual(new Set(['css', 'js']))
    const sizes = await Promise.all(
      loaded.map(async (url) => (await ask(url, { 'accept-encoding': 'br' })).body.length),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_PAGE_MAX_BYTES)
  })
})

it('nothing of this was a fault of the hub', () => {
  expect(hub.errors).toEqual([])
})
