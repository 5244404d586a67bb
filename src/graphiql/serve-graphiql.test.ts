import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askRaw } from '../testing/http/ask-raw.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
})
afterAll(() => hub.close())

/** Like a browser. */
const ask = (headers: Record<string, string>) =>
  askRaw(`${hub.url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8', ...headers } })

describe('the page of GraphiQL', () => {
  it('comes as the browser takes it, and is the same page', async () => {
    const plain = await ask({})
    expect(plain.headers['content-encoding']).toBeUndefined()
    const brotli = await ask({ 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true)
    const gzip = await ask({ 'accept-encoding': 'gzip, br;q=0' })
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true)
    expect(brotli.body.length).toBeLessThan(plain.body.length / 4)
  })

  it('is not sent again to whoever has it', async () => {
    const first = await ask({ 'accept-encoding': 'br' })
    const etag = first.headers.etag ?? ''
    const second = await ask({ 'accept-encoding': 'br', 'if-none-match': `W/${etag}` })
    expect(second).toMatchObject({ status: 304, headers: { etag } })
    expect(second.body).toHaveLength(0)
    expect((await ask({ 'accept-encoding': 'gzip', 'if-none-match': etag })).status).toBe(200)
  })

  it('needs nothing from outside, and the browser holds it to that', async () => {
    const { headers, body } = await ask({})
    const html = body.toString('utf8')
    // Of the document, not of texts within its scripts.
    const document = html.replaceAll(/<script>[^]*?<\/script>/g, '').replaceAll(/<style>[^]*?<\/style>/g, '')
    expect(document).not.toMatch(/<script[^>]+src|<link[^>]+stylesheet|<(img|iframe)\b|(src|href)="(https?:)?\/\//)
    const styles = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map((match) => match[1]).join('\n')
    expect(styles).not.toMatch(/url\(["']?(https?:)?\/\/|@import/)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*connect-src 'self';/)
  })

  it('brings the token to where the page is rendered', async () => {
    const html = (await ask({})).body.toString('utf8')
    expect(html).toContain('<input id="token"')
    expect(html).toMatch(/renderWithTokenField\(\s+window\.document\.querySelector\('#root'\)/)
    expect(html).toContain('query WhoAmI')
  })

  it('is for browsers: a program that asks gets GraphQL', async () => {
    const response = await fetch(`${hub.url}/graphql?query={__typename}`, { headers: { accept: 'application/json' } })
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } })
  })
})
