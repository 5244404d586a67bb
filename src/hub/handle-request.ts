import { Readable } from 'node:stream'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Settings } from '../settings.js'
import type { HubYoga } from '../api/create-yoga.js'
import { bodyFault, FOREIGN_ORIGIN, judgeOrigin, type RequestRefusal } from '../http/judge-request.js'
import { requestPath } from '../http/request-path.js'
import { serveCors } from '../http/serve-cors.js'
import type { ExportServer } from '../export/serve-export.js'
import { BACKUP_PATH, type BackupServer } from '../export/serve-backup.js'
import { acceptsHtml, serveGraphiql } from '../graphiql/serve-graphiql.js'
import type { ProbeServer } from './serve-probes.js'

/** Who answers what. */
interface RequestServers {
  yoga: HubYoga
  exports: ExportServer
  backups: BackupServer
  probes: ProbeServer
}

/** Answers HTTP: GraphiQL to people, GraphQL to programs, files under /export, a sentence to everything else. */
export function createRequestHandler(
  settings: Pick<Settings, 'messageMaxBytes' | 'origins' | 'corsOrigins'>,
  { yoga, exports, backups, probes }: RequestServers,
): RequestListener {
  return (request, response) => {
    const path = requestPath(request.url)
    if (path === '/') return redirect(response, '/graphql')
    if (path === '/graphql' || path?.startsWith('/export/')) {
      if (serveCors(settings, request, response)) return
    }
    if (path?.startsWith('/export/')) return void exports.serve(request, response, path)
    if (probes.serve(request, response, path)) return
    if (path === BACKUP_PATH) return void backups.serve(request, response)
    if (path !== '/graphql') return refuse(response, NOTHING_HERE)
    if (request.method === 'GET' && acceptsHtml(request)) return void serveGraphiql(request, response)
    if (judgeOrigin(request.headers, settings) === 'FOREIGN') return refuse(response, FOREIGN_ORIGIN)
    if (Number(request.headers['content-length'] ?? 0) > settings.messageMaxBytes) {
      return tooLarge(response, settings.messageMaxBytes)
    }
    const fault = request.method === 'POST' ? bodyFault(request.headers) : null
    if (fault) return refuse(response, fault)
    answer(request, response, yoga, settings.messageMaxBytes)
  }
}

function answer(request: IncomingMessage, response: ServerResponse, yoga: HubYoga, messageMaxBytes: number): void {
  if (request.headers['transfer-encoding'] === undefined) return void yoga(request, response)
  readBody(request, messageMaxBytes).then(
    (body) => {
      if (body === null) return tooLarge(response, messageMaxBytes)
      return void yoga(Object.assign(request, { body: Readable.from([body]) }), response)
    },
    // Who sent it is gone.
    () => response.destroy(),
  )
}

/** A body whose length nobody has announced; null when it is too large, and then no more of it is read. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let bytes = 0
  // Leaving a loop over the request itself would destroy the connection before it is answered.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    bytes += (piece as Buffer).length
    if (bytes > maxBytes) return null
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces)
}

function tooLarge(response: ServerResponse, maxBytes: number): void {
  const message = `The body is larger than ${maxBytes} bytes: send less in one request.`
  refuse(response, { status: 413, code: 'BAD_USER_INPUT', message })
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'content-length': 0 }).end()
}

const NOTHING_HERE: RequestRefusal = {
  status: 404,
  code: 'BAD_USER_INPUT',
  message: 'There is nothing here: the API is at /graphql.',
}

/** In the shape that GraphQL clients read. */
function refuse(response: ServerResponse, { status, code, message, headers }: RequestRefusal): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...headers })
    .end(body)
}
