import { systemClock } from '../clock.js'
import { openStore } from '../hub/open-store.js'
import { readOperatorToken } from '../hub/operator-token.js'
import { readSettings } from '../hub/read-settings.js'
import { createOwner } from '../owner/create-owner.js'
import { createOwnerToken } from '../owner/create-owner-token.js'
import { createPasswords } from '../owner/passwords.js'
import { StartFault } from '../problem.js'
import type { Settings } from '../settings.js'
import type { CliHost } from './cli-host.js'
import { createLog } from './create-log.js'

const CREATE_OWNER = `mutation ($email: String!) {
  createOwner(email: $email) { ... on CreateOwnerSuccess { token } ... on Problem { message } }
}`

interface CreateOwnerAnswer {
  data?: { createOwner: { token?: string; message?: string } } | null
  errors?: { message: string }[]
}

/**
 * Makes an owner through the hub that runs here or, when none does, in its database.
 * @returns a token of the owner's.
 * @throws StartFault in words.
 */
export async function createOwnerBeside(host: CliHost, email: string): Promise<string> {
  const settings = readSettings(host.env)
  const answer = await askHub(settings, email)
  if (answer === null) return createInDatabase(host, settings, email)
  const { token, message } = answer.data?.createOwner ?? {}
  if (token !== undefined) return token
  throw new StartFault(message ?? answer.errors?.[0]?.message ?? 'The hub gave an answer that makes no sense.')
}

/** Null when no hub listens here. */
async function askHub({ port, dataDir }: Settings, email: string): Promise<CreateOwnerAnswer | null> {
  const operatorToken = await readOperatorToken(dataDir).catch(() => null)
  if (operatorToken === null) return null
  const url = `http://localhost:${port}/graphql`
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorToken}` },
      body: JSON.stringify({ query: CREATE_OWNER, variables: { email } }),
    })
  } catch {
    return null
  }
  return response.json().then(
    (body) => body as CreateOwnerAnswer,
    () => {
      throw new StartFault(`What answers at ${url} is not a hub: set PORT to the hub's.`)
    },
  )
}

async function createInDatabase(host: CliHost, settings: Settings, email: string): Promise<string> {
  const store = await openStore(settings, createLog('info', 'PEOPLE', host.err))
  try {
    const parts = { store, clock: systemClock, passwords: createPasswords() }
    const outcome = await createOwner(parts, { email, password: null })
    if (outcome.kind === 'refused') throw new StartFault(outcome.message)
    return (await createOwnerToken(parts, { userId: outcome.user.id, name: 'from the operator' })).token
  } finally {
    await store.close()
  }
}
