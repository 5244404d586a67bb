import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from './refusal.js'

/** A route lists every method that it answers, including HEAD; others are refused before they reach it. */
export type Method = 'GET' | 'HEAD' | 'POST'

export const READ: readonly Method[] = ['GET', 'HEAD']

/** `CALLERS`: everybody, with the rights of their token if any. Pages of listed origins may read these and `OWNERS`. */
export type Audience = 'EVERYBODY' | 'CALLERS' | 'OWNERS' | 'OPERATORS'

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** The path below `under`; empty for a route with a path of its own. */
  rest: string
}

/** A route returns its refusal, so that all are sent in one place and one shape. */
export type Served = 'ANSWERED' | Refusal

interface RouteRules {
  methods: readonly Method[]
  audience: Audience
  /** Only requests whose `Accept` names this type; the others go to a route of the same path without it. */
  accepts?: 'text/html'
  /** May throw a fault of the call. Anything else is a bug; an answer that has begun is then cut off. */
  serve(exchange: Exchange): Served | Promise<Served>
}

/** Answers one path, or every path below `under`, which ends with a slash. The longest `under` wins. */
export type Route = RouteRules & ({ path: string } | { under: string })
