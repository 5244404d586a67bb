import type { RequestListener } from 'node:http'
import type { Settings } from '../settings.js'
import { chooseRoute, findPlace } from './find-route.js'
import { refuse, NOTHING_HERE, type Refusal } from './refusal.js'
import { requestUrl } from './request-url.js'
import type { Audience, Exchange, Route, Served } from './route.js'
import { serveCors } from './serve-cors.js'

interface HandlerParts {
  settings: Pick<Settings, 'corsOrigins'>
  explain(error: unknown): Refusal
}

const FOR_LISTED_PAGES = new Set<Audience>(['CALLERS', 'OWNERS'])

/** Answers HTTP by a table of routes. Whatever holds for every route is done here. */
export function createRequestHandler(routes: readonly Route[], { settings, explain }: HandlerParts): RequestListener {
  return (request, response) => {
    const url = requestUrl(request.url)
    if (url === null) return refuse(response, NOTHING_HERE)
    const place = findPlace(routes, url.pathname)
    const isForPages = place.routes.some(({ audience }) => FOR_LISTED_PAGES.has(audience))
    if (isForPages && serveCors(settings, request, response)) return
    const route = chooseRoute(place, request)
    if ('status' in route) return refuse(response, route)
    void answer(route, { request, response, url, rest: place.rest }, explain)
  }
}

async function answer(route: Route, exchange: Exchange, explain: HandlerParts['explain']): Promise<void> {
  const { response } = exchange
  const served = await serve(route, exchange).catch(explain)
  if (served === 'ANSWERED') return
  if (response.headersSent) response.destroy()
  else refuse(response, served)
}

/** Turns a synchronous throw into a rejection. */
async function serve(route: Route, exchange: Exchange): Promise<Served> {
  return route.serve(exchange)
}
