import type { ServerResponse } from 'node:http'
import { admitBearer, type BearerParts } from '../access/bearer.js'
import type { Refusal } from '../http/refusal.js'
import { READ, type Route } from '../http/route.js'
import { writeChunks } from '../http/write-chunks.js'
import { BACKUP_PATIENCE_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import { StartFault } from '../start-fault.js'
import { compressBackup } from '../store/backup/compress-backup.js'
import { describeBackup } from '../store/backup/write-backup.js'

export const BACKUP_PATH = '/operator/backup'
export const BACKUP_MEDIA_TYPE = 'application/vnd.overlaps.backup'

/** The way to a backup of a hub that runs: for operators, one at a time. */
export interface Backups {
  route: Route
  /** Breaks off what is being sent, and resolves when nothing is read any more. */
  close(): Promise<void>
}

type BackupParts = BearerParts & Pick<Parts, 'log'>

const ONE_AT_A_TIME: Refusal = {
  status: 409,
  code: 'UNAVAILABLE',
  message: 'A backup of this hub is already running: try again when it is done.',
}

/** Makes the way to backups; it holds the one that is being sent. */
export function createBackups(parts: BackupParts): Backups {
  let running: { response: ServerResponse; done: Promise<void> } | null = null
  return {
    route: {
      path: BACKUP_PATH,
      methods: READ,
      audience: 'OPERATORS',
      async serve({ request, response }) {
        await admitBearer(parts, request, {
          kinds: ['operator'],
          missing: "Send the operator's token: Authorization: Bearer <token>.",
          other: 'A backup is for operators.',
        })
        if (running) return ONE_AT_A_TIME
        if (request.method === 'HEAD') {
          response.writeHead(200, headersFor(new Date(parts.clock.now()).toISOString())).end()
          return 'ANSWERED'
        }
        running = { response, done: send(parts, response) }
        try {
          await running.done
          return 'ANSWERED'
        } catch (error) {
          if (error instanceof StartFault) return { status: 503, code: 'UNAVAILABLE', message: error.message }
          throw error
        } finally {
          running = null
        }
      },
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
    response.writeHead(200, headersFor(header.takenAt))
    const outcome = await writeChunks(response, compressBackup(sql, header), { clock, patienceMs: BACKUP_PATIENCE_MS })
    log.info({ outcome }, 'an operator took a backup')
  })
}

function headersFor(takenAt: string): Record<string, string> {
  return {
    'content-type': BACKUP_MEDIA_TYPE,
    'content-disposition': `attachment; filename="overlaps-${takenAt.slice(0, 10)}.backup"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
}
