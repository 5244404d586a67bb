import { NOTHING_HERE } from '../http/refusal.js'
import { READ, type Route } from '../http/route.js'
import { sendForms } from '../http/send-forms.js'
import { readBuiltPages, type BuiltPages } from './read-built-pages.js'

/** Nothing from elsewhere, nothing inline, no frame: the dashboard holds tokens. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }

const PAGE_HEADERS = {
  ...SAFE,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
  vary: 'accept',
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** A page's path is the browser's to tell apart; each is the same document. */
const PLACES = [
  { path: '/' },
  { path: '/log-in' },
  { path: '/websites' },
  { under: '/websites/' },
  { path: '/incidents' },
  { under: '/incidents/' },
  { path: '/notifications' },
  { under: '/notifications/' },
  { path: '/account' },
] as const

/** The owners' dashboard and what it loads. */
export function dashboardRoutes(): Route[] {
  let built: Promise<BuiltPages> | null = null
  const pages = () =>
    (built ??= readBuiltPages().catch((error: unknown) => {
      built = null
      throw error
    }))
  const documents = PLACES.map((place): Route => ({
    ...place,
    methods: READ,
    audience: 'EVERYBODY',
    accepts: 'text/html',
    async serve(exchange) {
      const page = (await pages()).get('index.html')
      return page === undefined ? NOTHING_HERE : sendForms(exchange, page, PAGE_HEADERS)
    },
  }))
  const assets: Route = {
    under: '/assets/',
    methods: READ,
    audience: 'EVERYBODY',
    async serve(exchange) {
      const file = (await pages()).get(`assets/${exchange.rest}`)
      const type = TYPES[exchange.rest.split('.').at(-1) ?? '']
      if (file === undefined || type === undefined) return NOTHING_HERE
      // Its name changes with its content.
      return sendForms(exchange, file, {
        ...SAFE,
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
      })
    },
  }
  return [...documents, assets]
}
