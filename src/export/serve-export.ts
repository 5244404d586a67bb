import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphQLError } from 'graphql'
import { fault, type FaultCode } from '../graph/fault.js'
import { EXPORT_FORMATS, MEDIA_TYPES, type ExportFormat } from './export-format.js'
import { EXPORT_KINDS, type ExportKind } from './export-kinds.js'
import { exportWebsiteRows, type ExportRequest } from './export-website-rows.js'
import { EXPORT_PATIENCE_MS, EXPORT_RETRY_AFTER_S, EXPORTS_MAX, EXPORTS_PER_OWNER_MAX } from '../limits.js'
import { readEmail } from '../owner/read-email.js'
import { findWebsite } from '../website/find-website.js'
import { authenticate, authenticationRefusal, type AuthenticationParts } from '../access/authenticate.js'
import type { AddressOf } from '../http/peer-address.js'
import type { Parts } from '../parts.js'
import { maskError } from '../api/mask-error.js'
import { readExportPath, readExportQuery, type ExportQuery } from './read-export-query.js'
import { writeChunks } from '../http/write-chunks.js'

/** The files that owners take away, at /export. */
export interface ExportServer {
  /** Answers a request whose path begins with /export/. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>
  /** Breaks off what is being sent, and resolves when nothing is read any more. */
  close(): Promise<void>
}

type ExportParts = AuthenticationParts & Pick<Parts, 'log'> & { addressOf: AddressOf }

/** Why there is no export: a status, what to tell, and headers that the status asks for. */
class Refusal {
  readonly status: number
  readonly error: GraphQLError
  readonly headers: Record<string, string>
  constructor(status: number, error: GraphQLError, headers: Record<string, string> = {}) {
    this.status = status
    this.error = error
    this.headers = headers
  }
}

const refusal = (status: number, code: FaultCode, message: string, headers?: Record<string, string>) =>
  new Refusal(status, fault(code, message), headers)

/** Makes the way to serve exports; it holds how many run. */
export function createExportServer(parts: ExportParts): ExportServer {
  const running = new Map<ServerResponse, { userId: string; done: Promise<void> }>()
  const takeSlot = (userId: string): Refusal | null => {
    const own = [...running.values()].filter((one) => one.userId === userId).length
    if (own < EXPORTS_PER_OWNER_MAX && running.size < EXPORTS_MAX) return null
    const whose = own < EXPORTS_PER_OWNER_MAX ? `${EXPORTS_MAX} exports of this hub` : `${own} of your exports`
    return refusal(429, 'UNAVAILABLE', `${whose} are running already: try again when one has ended.`, {
      'retry-after': String(EXPORT_RETRY_AFTER_S),
    })
  }
  return {
    async serve(request, response, path) {
      try {
        const asked = await readRequest(parts, request, path)
        if (asked instanceof Refusal) return refuse(response, asked)
        if (request.method === 'HEAD') return void response.writeHead(200, headersFor(asked)).end()
        const full = takeSlot(asked.userId)
        if (full) return refuse(response, full)
        const done = send(parts, response, asked).finally(() => running.delete(response))
        running.set(response, { userId: asked.userId, done })
        await done
      } catch (error) {
        const masked = maskError(parts.log, error)
        if (response.headersSent) response.destroy()
        else refuse(response, new Refusal(500, masked))
      }
    },
    async close() {
      const sends = [...running.values()].map(({ done }) => done.catch(() => undefined))
      for (const response of running.keys()) response.destroy()
      await Promise.all(sends)
    },
  }
}

async function send(parts: ExportParts, response: ServerResponse, asked: ExportRequest): Promise<void> {
  const chunks = exportWebsiteRows(parts, asked)
  // What the database cannot give now is told by a status, as long as there is one to give.
  const first = await chunks.next()
  response.writeHead(200, headersFor(asked))
  const outcome = await writeChunks(response, resume(first, chunks), {
    clock: parts.clock,
    patienceMs: EXPORT_PATIENCE_MS,
  })
  if (outcome !== 'WRITTEN') parts.log.debug({ outcome, kind: asked.kind }, 'an export was broken off')
}

async function* resume(first: IteratorResult<string>, chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (!first.done) yield first.value
    yield* chunks
  } finally {
    await chunks.return(undefined)
  }
}

async function readRequest(
  parts: ExportParts,
  request: IncomingMessage,
  path: string,
): Promise<ExportRequest | Refusal> {
  const file = readExportPath(path)
  if (!file) {
    const [kinds, endings] = [EXPORT_KINDS.join(', '), EXPORT_FORMATS.join(' or .')]
    return refusal(
      404,
      'BAD_USER_INPUT',
      `There is no such export: ask for one of ${kinds}, with .${endings} behind it.`,
    )
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'BAD_USER_INPUT', 'An export is asked for with GET.', { allow: 'GET, HEAD' })
  }
  const query = readExportQuery(new URL(request.url ?? '', 'http://hub').searchParams)
  const userId = await findOwner(parts, request, typeof query === 'string' ? null : query.ownerEmail)
  if (userId instanceof Refusal) return userId
  if (typeof query === 'string') return refusal(400, 'BAD_USER_INPUT', query)
  return findExport(parts, userId, file, query)
}

async function findExport(
  parts: ExportParts,
  userId: string,
  file: { kind: ExportKind; format: ExportFormat },
  { websiteId, from, until }: ExportQuery,
): Promise<ExportRequest | Refusal> {
  const website = websiteId === null ? null : await findWebsite(parts, { userId, id: websiteId })
  if (websiteId !== null && website === null) {
    return refusal(404, 'BAD_USER_INPUT', 'You have no website with that ID.')
  }
  return { ...file, userId, website: website && { id: website.id, no: website.no }, from, until }
}

/** Whose websites are exported: the caller's or, for an operator, those of the owner whom he names. */
async function findOwner(
  parts: ExportParts,
  request: IncomingMessage,
  ownerEmail: string | null,
): Promise<string | Refusal> {
  const challenge = { 'www-authenticate': 'Bearer realm="overlaps"' }
  const authorization = request.headers.authorization ?? null
  const identity = await authenticate(parts, authorization, parts.addressOf(request)).catch((error: unknown) => {
    if (!(error instanceof GraphQLError)) throw error
    const { status, error: told, headers } = authenticationRefusal(error)
    return new Refusal(status, told, headers)
  })
  if (identity instanceof Refusal) return identity
  switch (identity.kind) {
    case 'anonymous':
      return refusal(401, 'UNAUTHENTICATED', "Send an owner's token: Authorization: Bearer <token>.", challenge)
    case 'validator':
      return refusal(403, 'FORBIDDEN', "This is a validator's token: an export needs an owner's.")
    case 'owner':
      if (ownerEmail === null) return identity.userId
      return refusal(403, 'FORBIDDEN', 'Only an operator exports for another owner: leave the parameter owner out.')
    case 'operator': {
      if (ownerEmail === null) return refusal(400, 'BAD_USER_INPUT', "Name the owner's email address as owner=….")
      const email = readEmail(ownerEmail)
      const owner = email === null ? null : await parts.store.prisma.user.findUnique({ where: { email } })
      return owner?.id ?? refusal(404, 'BAD_USER_INPUT', 'There is no owner with that email address.')
    }
  }
}

function headersFor({ kind, format, website }: ExportRequest): Record<string, string> {
  const name = ['overlaps', kind, ...(website ? [website.id] : [])].join('-')
  return {
    'content-type': MEDIA_TYPES[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
}

/** In the shape that GraphQL clients read. */
function refuse(response: ServerResponse, { status, error, headers }: Refusal): void {
  const body = JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] })
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...headers })
    .end(response.req.method === 'HEAD' ? undefined : body)
}
