import type { ServerResponse } from 'node:http'
import { admitBearer, type BearerParts } from '../access/bearer.js'
import type { Identity } from '../graph/identity.js'
import type { Refusal } from '../http/refusal.js'
import { READ, type Exchange, type Route } from '../http/route.js'
import { writeChunks } from '../http/write-chunks.js'
import { EXPORT_PATIENCE_MS, EXPORT_RETRY_AFTER_S, EXPORTS_MAX, EXPORTS_PER_OWNER_MAX } from '../limits.js'
import { readEmail } from '../owner/read-email.js'
import type { Parts } from '../parts.js'
import { findWebsite } from '../website/find-website.js'
import { EXPORT_FORMATS, MEDIA_TYPES, type ExportFormat } from './export-format.js'
import { EXPORT_KINDS, type ExportKind } from './export-kinds.js'
import { exportWebsiteRows, type ExportRequest } from './export-website-rows.js'
import { readExportPath, readExportQuery, type ExportQuery } from './read-export-query.js'

/** The files that owners take away. */
export interface Exports {
  route: Route
  /** Breaks off what is being sent, and resolves when nothing is read any more. */
  close(): Promise<void>
}

type ExportParts = BearerParts & Pick<Parts, 'log'>

/** Makes the way to exports; it holds how many run. */
export function createExports(parts: ExportParts): Exports {
  const running = new Map<ServerResponse, { userId: string; done: Promise<void> }>()
  const refuseWhenFull = (userId: string): Refusal | null => {
    const own = [...running.values()].filter((one) => one.userId === userId).length
    if (own < EXPORTS_PER_OWNER_MAX && running.size < EXPORTS_MAX) return null
    const whose = own < EXPORTS_PER_OWNER_MAX ? `${EXPORTS_MAX} exports of this hub` : `${own} of your exports`
    const message = `${whose} are running already: try again when one has ended.`
    return { status: 429, code: 'UNAVAILABLE', message, headers: { 'retry-after': String(EXPORT_RETRY_AFTER_S) } }
  }
  return {
    route: {
      under: '/export/',
      methods: READ,
      audience: 'OWNERS',
      async serve(exchange) {
        const { request, response } = exchange
        const asked = await readRequest(parts, exchange)
        if ('status' in asked) return asked
        if (request.method === 'HEAD') {
          response.writeHead(200, headersFor(asked)).end()
          return 'ANSWERED'
        }
        const full = refuseWhenFull(asked.userId)
        if (full) return full
        const done = send(parts, response, asked).finally(() => running.delete(response))
        running.set(response, { userId: asked.userId, done })
        await done
        return 'ANSWERED'
      },
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

async function readRequest(parts: ExportParts, { request, url, rest }: Exchange): Promise<ExportRequest | Refusal> {
  const file = readExportPath(rest)
  if (!file) {
    const [kinds, endings] = [EXPORT_KINDS.join(', '), EXPORT_FORMATS.join(' or .')]
    return notFound(`There is no such export: ask for one of ${kinds}, with .${endings} behind it.`)
  }
  const identity = await admitBearer(parts, request, {
    kinds: ['owner', 'operator'],
    missing: "Send an owner's token: Authorization: Bearer <token>.",
    other: "This is a validator's token: an export needs an owner's.",
  })
  const query = readExportQuery(url.searchParams)
  const owner = await findOwner(parts, identity, typeof query === 'string' ? null : query.ownerEmail)
  if ('status' in owner) return owner
  if (typeof query === 'string') return { status: 400, code: 'BAD_USER_INPUT', message: query }
  return findExport(parts, owner.userId, file, query)
}

async function findExport(
  parts: ExportParts,
  userId: string,
  file: { kind: ExportKind; format: ExportFormat },
  { websiteId, from, until, hasMark }: ExportQuery,
): Promise<ExportRequest | Refusal> {
  const website = websiteId === null ? null : await findWebsite(parts, { userId, id: websiteId })
  if (websiteId !== null && website === null) return notFound('You have no website with that ID.')
  return { ...file, userId, website: website && { id: website.id, no: website.no }, from, until, hasMark }
}

/** Whose websites are exported: the caller's or, for an operator, those of the owner whom he names. */
async function findOwner(
  { store }: ExportParts,
  identity: Extract<Identity, { kind: 'owner' | 'operator' }>,
  ownerEmail: string | null,
): Promise<{ userId: string } | Refusal> {
  if (identity.kind === 'owner') {
    if (ownerEmail === null) return { userId: identity.userId }
    const message = 'Only an operator exports for another owner: leave the parameter owner out.'
    return { status: 403, code: 'FORBIDDEN', message }
  }
  if (ownerEmail === null) {
    return { status: 400, code: 'BAD_USER_INPUT', message: "Name the owner's email address as owner=…." }
  }
  const email = readEmail(ownerEmail)
  const owner = email === null ? null : await store.prisma.user.findUnique({ where: { email } })
  return owner ? { userId: owner.id } : notFound('There is no owner with that email address.')
}

function notFound(message: string): Refusal {
  return { status: 404, code: 'BAD_USER_INPUT', message }
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
