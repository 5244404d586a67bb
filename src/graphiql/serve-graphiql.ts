import { READ, type Route } from '../http/route.js'
import { sendForms, tagForms, type TaggedForms } from '../http/send-forms.js'
import { makeGraphiqlPage } from './make-graphiql-page.js'

/** Makes browsers enforce that the page loads nothing from outside. The editor runs in workers that it makes itself. */
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

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-cache',
  vary: 'accept',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** GraphiQL for browsers; programs get GraphQL at the same path. */
export function graphiqlRoute(): Route {
  // Made on the first request.
  let page: Promise<TaggedForms> | null = null
  return {
    path: '/graphql',
    methods: READ,
    audience: 'EVERYBODY',
    accepts: 'text/html',
    async serve(exchange) {
      page ??= makeGraphiqlPage()
        .then(tagForms)
        .catch((error: unknown) => {
          page = null
          throw error
        })
      return sendForms(exchange, await page, HEADERS)
    },
  }
}
