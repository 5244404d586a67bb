import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { makeGraphiqlPage, type GraphiqlPage } from './make-graphiql-page.js'

/** What the page may do, so that a browser holds it to needing nothing from outside. The editor runs in workers of its own making. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

interface Served extends GraphiqlPage {
  hash: string
}

/** Made once a process, when the first person asks: it depends on nothing but the code. */
let page: Promise<Served> | null = null

/** A browser says so; programs that ask for anything get GraphQL. */
export function acceptsHtml(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/html')
}

/** Serves GraphiQL, whole in one page that needs nothing from outside. */
export async function serveGraphiql(request: IncomingMessage, response: ServerResponse): Promise<void> {
  page ??= makePage()
  let made: Served
  try {
    made = await page
  } catch {
    page = null
    response.writeHead(500, { 'content-type': 'text/plain' }).end('The page of GraphiQL could not be made.\n')
    return
  }
  const encoding = encodingFor(request)
  const etag = `"${made.hash}-${encoding}"`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cache-control': 'no-cache',
    vary: 'accept, accept-encoding',
    etag,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
  // A proxy on the way may have weakened it.
  if (request.headers['if-none-match']?.includes(etag)) {
    response.writeHead(304, headers).end()
    return
  }
  const body = made[encoding]
  response
    .writeHead(200, {
      ...headers,
      'content-length': body.length,
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    })
    .end(body)
}

async function makePage(): Promise<Served> {
  const made = await makeGraphiqlPage()
  return { ...made, hash: createHash('sha256').update(made.br).digest('base64url').slice(0, 22) }
}

function encodingFor(request: IncomingMessage): keyof GraphiqlPage {
  const accepted = String(request.headers['accept-encoding'])
  if (/\bbr\b(?!;\s*q=0(\.0*)?(,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!;\s*q=0(\.0*)?(,|$))/.test(accepted) ? 'gzip' : 'identity'
}
