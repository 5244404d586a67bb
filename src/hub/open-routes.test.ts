import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findPlace } from '../http/find-route.js'
import type { Audience, Route } from '../http/route.js'
import { responseFault } from '../testing/api/garbage.js'
import { askRaw, type RawAnswer } from '../testing/http/ask-raw.js'
import { requireBuild } from '../testing/cli/run-program.js'
import { builtAsset } from '../testing/pages/built-asset.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { signUp } from '../testing/test-validator.js'

const LISTED = 'https://status.example'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
/** Paths below the routes that have an `under`. */
const BELOW: Record<string, string> = {
  '/export/': 'ticks.csv',
  '/websites/': 'one',
  '/incidents/': 'one',
  '/notifications/': 'one',
}

type Asker = 'nobody' | 'owner' | 'validator' | 'operator'

let hub: TestHub
let tokens: Record<Asker, string | null>
beforeAll(async () => {
  await requireBuild()
  BELOW['/assets/'] = await builtAsset('svg')
  hub = await startTestHub(inject('template'), { settings: { corsOrigins: [LISTED] } })
  const { sessionToken } = await signUp(hub)
  tokens = { nobody: null, owner: hub.ownerToken, validator: sessionToken, operator: hub.operatorToken }
})
afterAll(() => hub.close())

const pathOf = (route: Route) => ('path' in route ? route.path : route.under + BELOW[route.under])
const RIGHTFUL: Record<Audience, Asker> = {
  EVERYBODY: 'nobody',
  CALLERS: 'nobody',
  OWNERS: 'owner',
  OPERATORS: 'operator',
}

function ask(route: Route, method: string, asker: Asker, more: Record<string, string> = {}): Promise<RawAnswer> {
  const token = tokens[asker]
  return askRaw(`${hub.url}${pathOf(route)}`, {
    method,
    headers: {
      accept: route.accepts ?? '*/*',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...more,
    },
  })
}

/** What the route's path answers, by this route or another. */
function allowedAt(route: Route): string[] {
  const others = findPlace(hub.routes, pathOf(route)).routes.filter((one) => one.accepts === undefined)
  return [...new Set([route, ...others].flatMap(({ methods }): string[] => [...methods]))]
}

const isTurnedAway = (status: number) => status === 404 || status === 405 || status >= 500

/** A refusal has the shape that GraphQL clients read, and no body for HEAD. */
function refusalFault(method: string, { body }: RawAnswer): string | null {
  if (method === 'HEAD') return body.length === 0 ? null : 'a body for HEAD'
  return responseFault(JSON.parse(body.toString()))
}

/** May differ between two equal answers. */
const VOLATILE = new Set(['date', 'transfer-encoding', 'content-length'])
const lasting = ({ headers }: RawAnswer) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !VOLATILE.has(name)))

describe('every route of a hub', () => {
  it('is where it can be found, once', () => {
    const places = hub.routes.flatMap((route) =>
      route.methods.map((method) => `${method} ${pathOf(route)} ${route.accepts ?? ''}`.trim()),
    )
    expect(places.toSorted()).toEqual([
      'GET /',
      'GET / text/html',
      'GET /account text/html',
      `GET /assets/${BELOW['/assets/']}`,
      'GET /export/ticks.csv',
      'GET /graphql',
      'GET /graphql text/html',
      'GET /healthz',
      'GET /incidents text/html',
      'GET /incidents/one text/html',
      'GET /log-in text/html',
      'GET /metrics',
      'GET /notifications text/html',
      'GET /notifications/one text/html',
      'GET /operator/backup',
      'GET /readyz',
      'GET /websites text/html',
      'GET /websites/one text/html',
      'HEAD /',
      'HEAD / text/html',
      'HEAD /account text/html',
      `HEAD /assets/${BELOW['/assets/']}`,
      'HEAD /export/ticks.csv',
      'HEAD /graphql',
      'HEAD /graphql text/html',
      'HEAD /healthz',
      'HEAD /incidents text/html',
      'HEAD /incidents/one text/html',
      'HEAD /log-in text/html',
      'HEAD /metrics',
      'HEAD /notifications text/html',
      'HEAD /notifications/one text/html',
      'HEAD /operator/backup',
      'HEAD /readyz',
      'HEAD /websites text/html',
      'HEAD /websites/one text/html',
      'POST /graphql',
    ])
    for (const route of hub.routes) expect(findPlace(hub.routes, pathOf(route)).routes).toContain(route)
  })

  it.each(METHODS)('answers %s, or says what it answers', async (method) => {
    const asked = async (route: Route) => ({ route, answer: await ask(route, method, RIGHTFUL[route.audience]) })
    const answers = await Promise.all(hub.routes.map(asked))
    const [right, wrong] = [true, false].map((isAllowed) =>
      answers.filter(({ route }) => allowedAt(route).includes(method) === isAllowed),
    )
    expect((right ?? []).filter(({ answer: { status } }) => isTurnedAway(status))).toEqual([])
    for (const { route, answer } of wrong ?? []) {
      expect([pathOf(route), answer.status, answer.headers.allow]).toEqual([
        pathOf(route),
        405,
        allowedAt(route).join(', '),
      ])
      expect(refusalFault(method, answer)).toBeNull()
    }
  })

  it('answers HEAD as GET, without a body', async () => {
    for (const route of hub.routes.filter(({ methods }) => methods.includes('HEAD'))) {
      const asker = RIGHTFUL[route.audience]
      const [get, head] = [await ask(route, 'GET', asker), await ask(route, 'HEAD', asker)]
      expect([pathOf(route), head.status, head.body.length]).toEqual([pathOf(route), get.status, 0])
      expect(lasting(head)).toEqual(lasting(get))
    }
  })

  it.each<[Audience, Asker, number[]]>([
    ['OWNERS', 'nobody', [401]],
    ['OWNERS', 'validator', [403]],
    ['OPERATORS', 'nobody', [401]],
    ['OPERATORS', 'owner', [401, 403]],
    ['OPERATORS', 'validator', [401, 403]],
  ])('that is for %s is not for %s', async (audience, asker, statuses) => {
    const routes = hub.routes.filter((route) => route.audience === audience)
    expect(routes).not.toEqual([])
    for (const route of routes) {
      // As if from elsewhere: /metrics is for this machine too.
      const answer = await ask(route, 'GET', asker, { 'x-forwarded-for': '192.0.2.7' })
      expect(statuses).toContain(answer.status)
      expect(answer.headers['www-authenticate'] !== undefined).toBe(answer.status === 401)
      expect(refusalFault('GET', answer)).toBeNull()
    }
  })

  it('that is for callers or owners is one that listed pages may read, and no other', async () => {
    for (const route of hub.routes) {
      const { headers } = await ask(route, 'GET', RIGHTFUL[route.audience], { origin: LISTED })
      const mayRead = findPlace(hub.routes, pathOf(route)).routes.some(
        ({ audience }) => audience === 'CALLERS' || audience === 'OWNERS',
      )
      expect(headers['access-control-allow-origin']).toBe(mayRead ? LISTED : undefined)
    }
  })
})

describe('where no route is', () => {
  it.each(['/nothing', '/graphql/', '/export', '/healthz/', '/operator/', '//'])('%s is 404', async (path) => {
    for (const method of METHODS) {
      const answer = await askRaw(`${hub.url}${path}`, { method })
      expect([answer.status, refusalFault(method, answer)]).toEqual([404, null])
    }
  })
})

it('nothing of this was a fault of the hub', () => {
  expect(hub.errors).toEqual([])
})
