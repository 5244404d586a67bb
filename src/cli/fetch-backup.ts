import { BACKUP_MEDIA_TYPE, BACKUP_PATH } from '../export/serve-backup.js'
import { StartFault } from '../start-fault.js'
import type { HubBeside } from './ask-hub.js'

const UNAUTHORIZED = 401

/** What kept a backup from becoming whole, after it was asked for rightly. */
export class BackupFailure extends Error {}

/**
 * Asks the hub that runs on this machine for a backup, as its operator.
 * @returns null when nothing listens there.
 * @throws StartFault when what listens is no hub, is another folder's or refuses; BackupFailure, while the bytes are taken,
 *   when it breaks off.
 */
export async function fetchBackup(
  { hub, operatorToken, dataDir }: HubBeside,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array> | null> {
  const headers = { authorization: `Bearer ${operatorToken}` }
  const response = await fetch(hub + BACKUP_PATH, { headers, redirect: 'error', signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    return null
  })
  if (response === null) return null
  const type = response.headers.get('content-type')
  if (response.status === 200 && response.body && type === BACKUP_MEDIA_TYPE) return piecesOf(response.body, hub)
  const message = await readRefusal(response)
  if (message === null) throw new StartFault(`What answers at ${hub} is no hub: set PORT to the hub's port.`)
  if (response.status !== UNAUTHORIZED) throw new StartFault(message)
  throw new StartFault(
    `The hub at ${hub} is not the one of the data folder ${dataDir}: set OVERLAPS_DATA_DIR to that hub's folder, or PORT to the port of the hub of this one.`,
  )
}

async function* piecesOf(body: ReadableStream<Uint8Array>, hub: string): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new BackupFailure(`The hub at ${hub} broke the backup off: look at its log and try again.`, {
          cause: error,
        })
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** What a hub says when it refuses; null when no hub has said it. */
async function readRefusal(response: Response): Promise<string | null> {
  const body = (await response.json().catch(() => null)) as { errors?: { message?: unknown }[] } | null
  const message = body?.errors?.[0]?.message
  return typeof message === 'string' ? message : null
}
