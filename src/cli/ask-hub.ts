import { StartFault } from '../start-fault.js'

const PATIENCE_MS = 10_000
const SERVICE_UNAVAILABLE = 503

interface HubAnswer<Data> {
  data?: Data | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

export interface HubBeside {
  /** On this machine. */
  hub: string
  /** From the hub's data folder. */
  operatorToken: string
  dataDir: string
}

/** Null when nothing listens there. Throws StartFault when a listener is no hub, another folder's, or refuses. */
export async function askHub<Data>(
  { hub, operatorToken, dataDir }: HubBeside,
  document: { query: string; variables: Record<string, unknown> },
): Promise<Data | null> {
  const response = await send(`${hub}/graphql`, operatorToken, document)
  if (response === null) return null
  if (response.status === SERVICE_UNAVAILABLE) {
    throw new StartFault(`The hub at ${hub} is still starting: try again in a few seconds.`)
  }
  const { data, errors } = await readAnswer<Data>(hub, response)
  const error = errors?.[0]
  if (error?.extensions?.code === 'UNAUTHENTICATED') {
    throw new StartFault(
      `The hub at ${hub} does not use the data folder ${dataDir}: set OVERLAPS_DATA_DIR to its folder, or PORT to the port of this folder's hub.`,
    )
  }
  if (data == null) throw new StartFault(error?.message ?? `The hub at ${hub} gave an answer without data.`)
  return data
}

async function send(url: string, operatorToken: string, document: object): Promise<Response | null> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${operatorToken}`,
      },
      body: JSON.stringify(document),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') {
      throw new StartFault(`The server at ${url} did not answer within ${PATIENCE_MS / 1000} s.`)
    }
    return null
  }
}

async function readAnswer<Data>(hub: string, response: Response): Promise<HubAnswer<Data>> {
  const body: unknown = await response.json().catch(() => null)
  if (typeof body === 'object' && body !== null && ('data' in body || 'errors' in body)) return body as HubAnswer<Data>
  throw new StartFault(`The server at ${hub} is not a hub: set PORT to the hub's port.`)
}
