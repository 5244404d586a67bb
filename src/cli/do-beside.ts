import { access } from 'node:fs/promises'
import { systemClock } from '../clock.js'
import { localOrigin } from '../http/listen.js'
import { openStore } from '../hub/open-store.js'
import { readOperatorToken } from '../access/operator-token.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { createPasswords } from '../passwords.js'
import { StartFault } from '../start-fault.js'
import type { Settings } from '../settings.js'
import { askHub } from './ask-hub.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { readHubSettings } from './read-hub-settings.js'

/** What is done about an owner, by the hub's API or by its verb. */
export interface OwnerDeed {
  /** Takes `$email` and calls its one field `done`, with what is printed as `shown`, or `message`. */
  mutation: string
  verb(
    parts: Pick<Parts, 'store' | 'clock' | 'passwords' | 'settings'>,
    email: string,
  ): Promise<{ kind: 'done'; shown: string } | Refusal<string>>
}

/** Does it through the running hub or, without one, in its database, and returns what to print. Throws StartFault. */
export async function doBeside(host: CliHost, { mutation, verb }: OwnerDeed, email: string): Promise<string> {
  const settings = readHubSettings(host.env)
  const operatorToken = await readOperatorToken(settings.dataDir).catch(() => null)
  if (operatorToken === null) await refuseFolderWithoutHub(settings)
  const hub = localOrigin(settings.host, settings.port)
  const answer =
    operatorToken === null
      ? null
      : await askHub<{ done: { shown?: string; message?: string } }>(
          { hub, operatorToken, dataDir: settings.dataDir },
          { query: mutation, variables: { email } },
        )
  if (answer === null) return doInDatabase(host, settings, (parts) => verb(parts, email))
  const { shown, message } = answer.done
  if (shown !== undefined) return shown
  throw new StartFault(message ?? 'The hub gave no answer.')
}

/** An owner in a new database would be unknown to any hub, and the hub's first start would then make none. */
async function refuseFolderWithoutHub({ databaseUrl, dataDir }: Settings): Promise<void> {
  if (databaseUrl !== null) return
  await access(`${dataDir}/pglite`).catch(() => {
    throw new StartFault(
      `No hub has ever run on the data folder ${dataDir}: set OVERLAPS_DATA_DIR to the hub's, or start one here first; its first start makes an owner.`,
    )
  })
}

async function doInDatabase(
  host: CliHost,
  settings: Settings,
  verb: (parts: Parameters<OwnerDeed['verb']>[0]) => ReturnType<OwnerDeed['verb']>,
): Promise<string> {
  const store = await openOwnStore(host, settings)
  try {
    const outcome = await verb({ store, clock: systemClock, passwords: createPasswords(), settings })
    if (outcome.kind === 'refused') throw new StartFault(outcome.message)
    return outcome.shown
  } finally {
    await store.close()
  }
}

async function openOwnStore(host: CliHost, settings: Settings) {
  try {
    return await openStore(settings, createLog('warn', 'PEOPLE', host.err))
  } catch (error) {
    if (!(error instanceof StartFault)) throw error
    const hub = localOrigin(settings.host, settings.port)
    throw new StartFault(`No hub answers at ${hub}: if it runs on another port, set PORT to that. ${error.message}`)
  }
}
