import type { IncomingMessage } from 'node:http'
import { namesMediaType } from './negotiate.js'
import { NOTHING_HERE, type Refusal } from './refusal.js'
import type { Method, Route } from './route.js'

export interface Place {
  routes: readonly Route[]
  rest: string
}

/** Routes of exactly this path, else those with the longest matching `under`. */
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

/** Chooses by `Accept` and method, or says why no route answers. */
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
