import { access } from 'node:fs/promises'
import { systemClock } from '../clock.js'
import { localOrigin } from '../http/listen.js'
import { OPERATOR } from '../graph/actor.js'
import { openStore } from '../hub/open-store.js'
import { readOperatorToken } from '../access/operator-token.js'
import { createOwner } from '../owner/create-owner.js'
import { createPasswords } from '../passwords.js'
import { StartFault } from '../start-fault.js'
import type { Settings } from '../settings.js'
import { askHub } from './ask-hub.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'
import { readHubSettings } from './read-hub-settings.js'

const CREATE_OWNER = `mutation ($email: String!) {
  createOwner(input: { email: $email }) { ... on CreateOwnerSuccess { token } ... on Problem { message } }
}`

/** Makes an owner through the running hub or, without one, in its database, and returns a token. Throws StartFault. */
export async function createOwnerBeside(host: CliHost, email: string): Promise<string> {
  const settings = readHubSettings(host.env)
  const operatorToken = await readOperatorToken(settings.dataDir).catch(() => null)
  if (operatorToken === null) await refuseFolderWithoutHub(settings)
  const hub = localOrigin(settings.host, settings.port)
  const answer =
    operatorToken === null
      ? null
      : await askHub<{ createOwner: { token?: string; message?: string } }>(
          { hub, operatorToken, dataDir: settings.dataDir },
          { query: CREATE_OWNER, variables: { email } },
        )
  if (answer === null) return createInDatabase(host, settings, email)
  const { token, message } = answer.createOwner
  if (token !== undefined) return token
  throw new StartFault(message ?? 'The hub gave no token.')
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

async function createInDatabase(host: CliHost, settings: Settings, email: string): Promise<string> {
  const store = await openOwnStore(host, settings)
  try {
    const parts = { store, clock: systemClock, passwords: createPasswords() }
    const outcome = await createOwner(parts, OPERATOR, { email, password: null })
    if (outcome.kind === 'refused') throw new StartFault(outcome.message)
    return outcome.token
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
