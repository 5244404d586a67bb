import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphQLError } from 'graphql'
import { fault } from '../graph/fault.js'
import { BACKUP_PATIENCE_MS } from '../limits.js'
import { StartFault } from '../start-fault.js'
import { compressBackup } from '../store/backup/compress-backup.js'
import { describeBackup } from '../store/backup/write-backup.js'
import { authenticate, authenticationRefusal, type AuthenticationParts } from '../access/authenticate.js'
import type { AddressOf } from '../http/peer-address.js'
import type { Parts } from '../parts.js'
import { maskError } from '../api/mask-error.js'
import { writeChunks } from '../http/write-chunks.js'

export const BACKUP_PATH = '/operator/backup'
export const BACKUP_MEDIA_TYPE = 'application/vnd.overlaps.backup'

/** The way to a backup of a hub that runs: for operators, one at a time. */
export interface BackupServer {
  /** Answers a request for BACKUP_PATH. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Breaks off what is being sent, and resolves when nothing is read any more. */
  close(): Promise<void>
}

type BackupParts = AuthenticationParts & Pick<Parts, 'log'> & { addressOf: AddressOf }

interface Refusal {
  status: number
  error: GraphQLError
  headers?: Record<string, string>
}

export function createBackupServer(parts: BackupParts): BackupServer {
  let running: { response: ServerResponse; done: Promise<void> } | null = null
  return {
    async serve(request, response) {
      try {
        const refusal = await judge(parts, request)
        if (refusal) return refuse(response, refusal)
        if (running) {
          const error = fault('UNAVAILABLE', 'A backup of this hub is being made already: try again when it is done.')
          return refuse(response, { status: 409, error })
        }
        running = { response, done: send(parts, response) }
        await running.done
      } catch (error) {
        const isTold = error instanceof StartFault
        const told = isTold ? fault('UNAVAILABLE', error.message) : maskError(parts.log, error)
        if (response.headersSent) response.destroy()
        else refuse(response, { status: isTold ? 503 : 500, error: told })
      } finally {
        if (running?.response === response) running = null
      }
    },
    async close() {
      running?.response.destroy()
      await running?.done.catch(() => undefined)
    },
  }
}

async function send({ store, clock, log }: BackupParts, response: ServerResponse): Promise<void> {
  await store.snapshot(async (sql) => {
    const header = await describeBackup(sql, store.kind, clock.now())
    response.writeHead(200, {
      'content-type': BACKUP_MEDIA_TYPE,
      'content-disposition': `attachment; filename="overlaps-${header.takenAt.slice(0, 10)}.backup"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const outcome = await writeChunks(response, compressBackup(sql, header), { clock, patienceMs: BACKUP_PATIENCE_MS })
    log.info({ outcome }, 'an operator took a backup')
  })
}

/** Why there is no backup for this request; null when there is one. */
async function judge(parts: BackupParts, request: IncomingMessage): Promise<Refusal | null> {
  const challenge = { 'www-authenticate': 'Bearer realm="overlaps"' }
  try {
    const identity = await authenticate(parts, request.headers.authorization ?? null, parts.addressOf(request))
    if (identity.kind === 'anonymous') {
      const error = fault('UNAUTHENTICATED', "Send the operator's token: Authorization: Bearer <token>.")
      return { status: 401, error, headers: challenge }
    }
    if (identity.kind !== 'operator') return { status: 403, error: fault('FORBIDDEN', 'A backup is for operators.') }
  } catch (error) {
    if (error instanceof GraphQLError) return authenticationRefusal(error)
    throw error
  }
  if (request.method === 'GET') return null
  return { status: 405, error: fault('BAD_USER_INPUT', 'A backup is asked for with GET.'), headers: { allow: 'GET' } }
}

/** In the shape that GraphQL clients read. */
function refuse(response: ServerResponse, { status, error, headers }: Refusal): void {
  const body = JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] })
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...headers })
    .end(body)
}
