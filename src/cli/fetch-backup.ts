import { BACKUP_MEDIA_TYPE, BACKUP_PATH } from '../export/serve-backup.js'
import { StartFault } from '../start-fault.js'
import type { HubBeside } from './ask-hub.js'

const UNAUTHORIZED = 401

/** A correct request whose backup did not become whole. */
export class BackupFailure extends Error {}

/** Null when nothing listens there. Throws StartFault as `askHub` does, and BackupFailure if the hub breaks off. */
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
  if (message === null) throw new StartFault(`The server at ${hub} is not a hub: set PORT to the hub's port.`)
  if (response.status !== UNAUTHORIZED) throw new StartFault(message)
  throw new StartFault(
    `The hub at ${hub} does not use the data folder ${dataDir}: set OVERLAPS_DATA_DIR to its folder, or PORT to the port of this folder's hub.`,
  )
}

async function* piecesOf(body: ReadableStream<Uint8Array>, hub: string): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new BackupFailure(`The hub at ${hub} broke off the backup: look at its log and try again.`, {
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

/** Null when it is no hub that answers. */
async function readRefusal(response: Response): Promise<string | null> {
  const body = (await response.json().catch(() => null)) as { errors?: { message?: unknown }[] } | null
  const message = body?.errors?.[0]?.message
  return typeof message === 'string' ? message : null
}
