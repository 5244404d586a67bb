import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from './refusal.js'

/** How a route may be asked. It names each method that it answers, HEAD too; the others are refused before they reach it. */
export type Method = 'GET' | 'HEAD' | 'POST'

/** The methods of what is only read. */
export const READ: readonly Method[] = ['GET', 'HEAD']

/**
 * Whom a route is for. `EVERYBODY`: it looks at no token. `CALLERS`: everybody, with the rights of their token if they send
 * one. `OWNERS`: owners and the operator, by their tokens. `OPERATORS`: the operator alone. Pages of the origins that the
 * operator lists may read what is for callers and owners.
 */
export type Audience = 'EVERYBODY' | 'CALLERS' | 'OWNERS' | 'OPERATORS'

/** One request and the way to answer it. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  /** What was asked for; its host stands for nothing. */
  url: URL
  /** The path below a route's `under`; empty where a route has a path of its own. */
  rest: string
}

/** `ANSWERED`, or why not. A route returns its refusals; they are all sent in one place, in one shape. */
export type Served = 'ANSWERED' | Refusal

interface RouteRules {
  methods: readonly Method[]
  audience: Audience
  /** Only for requests whose `Accept` names this type; the others go to a route of the same path without it. */
  accepts?: 'text/html'
  /**
   * Answers a request. It may throw a fault of the call, as resolvers do; anything else that it throws is a bug. If it had
   * begun to answer, the connection is broken off then: a peer must not take a part for the whole.
   */
  serve(exchange: Exchange): Served | Promise<Served>
}

/** Answers at one path, or at every path below `under`, which ends with a slash. The longest `under` wins. */
export type Route = RouteRules & ({ path: string } | { under: string })
