import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { EXAMPLES } from './graphiql-examples.js'

interface Page {
  html: Buffer
  brotli: Buffer
  etag: string
}

/** Nine megabytes of HTML: the default level takes half a minute for them. */
const BROTLI_LEVEL = 5

let page: Promise<Page> | null = null

/** A browser says so; programs that ask for anything get GraphQL. */
export function acceptsHtml(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/html')
}

/** Serves GraphiQL, whole in one page that needs nothing from outside. It is made when the first person asks. */
export async function serveGraphiql(request: IncomingMessage, response: ServerResponse): Promise<void> {
  page ??= makePage()
  const { html, brotli, etag } = await page
  const compressed = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    vary: 'accept, accept-encoding',
    etag,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  }
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end()
  else if (compressed) response.writeHead(200, { ...headers, 'content-encoding': 'br' }).end(brotli)
  else response.writeHead(200, headers).end(html)
}

async function makePage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = Buffer.from(
    renderGraphiQL({
      title: 'Overlaps',
      endpoint: '/graphql',
      subscriptionsProtocol: 'WS',
      defaultTabs: EXAMPLES.map(({ query, variables }) => ({
        query,
        variables: JSON.stringify(variables ?? {}, null, 2),
      })),
    }),
  )
  const brotli = await promisify(brotliCompress)(html, {
    params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL, [constants.BROTLI_PARAM_SIZE_HINT]: html.length },
  })
  return { html, brotli, etag: `"${createHash('sha256').update(html).digest('base64url')}"` }
}
