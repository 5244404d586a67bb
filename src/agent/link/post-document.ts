import type { TypedDocumentString } from '../client/graphql.js'
import { graphqlUrl } from './hub-address.js'
import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'
import { networkFault } from './network-fault.js'
import { graphqlFault, readResult } from './read-result.js'

const CALL_TIMEOUT_MS = 15_000
/** More than any answer to the agent's own calls. */
const ANSWER_LENGTH_MAX = 1024 * 1024

export interface HubCall {
  hub: string
  userAgent: string
  signal: AbortSignal
}

export type Posted<Data> = { kind: 'data'; data: Data } | { kind: 'fault'; fault: HubFault }

/** Whatever goes wrong is a fault in the answer. */
export async function postDocument<Data, Variables>(
  { hub, userAgent, signal }: HubCall,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Posted<Data>> {
  try {
    const response = await fetch(graphqlUrl(hub), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ query: document.toString(), variables }),
      // Followed, it would lead to a hub for which the statements are not signed.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]),
    })
    return readAnswer<Data>(hub, response, await response.text())
  } catch (error) {
    return { kind: 'fault', fault: networkFault(hub, error) }
  }
}

function readAnswer<Data>(hub: string, response: Response, text: string): Posted<Data> {
  const result = text.length > ANSWER_LENGTH_MAX ? null : readResult<Data>(text)
  const fault = statusFault(hub, response) ?? (result === null ? notAHub(hub, response) : graphqlFault(result))
  if (fault !== null) return { kind: 'fault', fault }
  const data = result?.data
  return data === null || data === undefined ? { kind: 'fault', fault: notAHub(hub, response) } : { kind: 'data', data }
}

function statusFault(hub: string, { status, headers }: Response): HubFault | null {
  if (status >= 300 && status < 400) {
    const target = headers.get('location') ?? 'another address'
    return hubFault('WRONG_HUB', `${hub} redirects to ${target}: give the hub's own address with --hub.`)
  }
  if (status !== 429 && status < 502) return null
  const seconds = Number(headers.get('retry-after'))
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : null
  return hubFault('BUSY', `The hub at ${hub} cannot serve this validator now (HTTP ${status}).`, retryAfterMs)
}

function notAHub(hub: string, { status }: Response): HubFault {
  return hubFault('NOT_A_HUB', `The server at ${hub}/graphql is not a hub (HTTP ${status}): check --hub.`)
}
