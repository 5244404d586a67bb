import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { HubYoga } from './create-yoga.js'
import { requestPath } from './request-path.js'
import { acceptsHtml, serveGraphiql } from './serve-graphiql.js'

/** Largest request body; 500 ticks take a third of it. */
const BODY_MAX_BYTES = 1024 * 1024

/** Answers HTTP: GraphiQL to people, GraphQL to programs, a sentence to everything else. */
export function createRequestHandler(yoga: HubYoga): RequestListener {
  return (request, response) => {
    const path = requestPath(request.url)
    if (path === '/') return redirect(response, '/graphql')
    if (path !== '/graphql') return refuse(response, 404, 'There is nothing here: the API is at /graphql.')
    if (request.method === 'GET' && acceptsHtml(request)) return void serveGraphiql(request, response)
    if (bodyTooLarge(request)) {
      return refuse(response, 413, `The body is larger than ${BODY_MAX_BYTES} bytes: send less in one request.`)
    }
    return void yoga(request, response)
  }
}

function bodyTooLarge(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > BODY_MAX_BYTES
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'content-length': 0 }).end()
}

/** In the shape that GraphQL clients read. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] })
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' }).end(body)
}
