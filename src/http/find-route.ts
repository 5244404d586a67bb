import type { IncomingMessage } from 'node:http'
import { namesMediaType } from './negotiate.js'
import { NOTHING_HERE, type Refusal } from './refusal.js'
import type { Method, Route } from './route.js'

/** The routes of one path. */
export interface Place {
  routes: readonly Route[]
  /** What of the path is below their `under`. */
  rest: string
}

/** Finds the routes of a path: those that name it whole, else those with the longest `under` that it begins with. */
export function findPlace(routes: readonly Route[], path: string): Place {
  const here = routes.filter((route) => 'path' in route && route.path === path)
  if (here.length > 0) return { routes: here, rest: '' }
  const beginnings = routes.flatMap((route) => ('under' in route && path.startsWith(route.under) ? [route.under] : []))
  const longest = beginnings.reduce((longer, one) => (one.length > longer.length ? one : longer), '')
  return {
    routes: routes.filter((route) => 'under' in route && route.under === longest),
    rest: path.slice(longest.length),
  }
}

type Asked = Pick<IncomingMessage, 'method' | 'headers'>

/** Chooses the route that answers a request by its `Accept` and its method, or tells why none does. */
export function chooseRoute({ routes }: Place, { method, headers }: Asked): Route | Refusal {
  const named = routes.filter(({ accepts }) => accepts !== undefined && namesMediaType(headers.accept, accepts))
  const fitting = [...named, ...routes.filter(({ accepts }) => accepts === undefined)]
  if (fitting.length === 0) return NOTHING_HERE
  return fitting.find(({ methods }) => methods.some((one) => one === method)) ?? wrongMethod(fitting)
}

function wrongMethod(routes: readonly Route[]): Refusal {
  const allowed = [...new Set(routes.flatMap(({ methods }): readonly Method[] => methods))]
  const last = allowed.at(-1) ?? ''
  const list = allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')} and ${last} are` : `${last} is`
  return {
    status: 405,
    code: 'BAD_USER_INPUT',
    message: `Only ${list} answered here.`,
    headers: { allow: allowed.join(', ') },
  }
}
