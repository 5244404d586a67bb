import type { TypedDocumentString } from '../client/graphql.js'
import { exchange } from '../../dial/exchange.js'
import type { Answered } from '../../dial/exchange.js'
import { startFigures } from '../../dial/figures.js'
import { startLife } from '../../dial/life.js'
import type { Life } from '../../dial/life.js'
import { graphqlUrl } from './hub-address.js'
import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'
import { networkFault } from './network-fault.js'
import type { OpenHub } from './open-hub.js'
import { graphqlFault, readResult } from './read-result.js'
import { statusFault } from './status-fault.js'
import { UnreachedHub } from './unreached-hub.js'

const CALL_TIMEOUT_MS = 15_000
/** More than any answer to the agent's own calls. */
const ANSWER_MAX_BYTES = 1024 * 1024

export interface HubCall {
  hub: string
  userAgent: string
  open: OpenHub
  signal: AbortSignal
}

export type Posted<Data> = { kind: 'data'; data: Data } | { kind: 'fault'; fault: HubFault }

/** Whatever goes wrong is a fault in the answer. Follows no redirect: it would lead to a hub for which nothing is signed. */
export async function postDocument<Data, Variables>(
  call: HubCall,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Posted<Data>> {
  const life = startLife(CALL_TIMEOUT_MS, call.signal)
  const cut = life.cutoff.then(() => {
    throw new UnreachedHub(networkFault(call.hub, 'ETIMEDOUT'))
  })
  try {
    const body = JSON.stringify({ query: document.toString(), variables })
    return await Promise.race([ask<Data>(call, body, life), cut])
  } catch (error) {
    if (error instanceof UnreachedHub) return { kind: 'fault', fault: error.fault }
    throw error
  } finally {
    life.end()
  }
}

async function ask<Data>({ hub, userAgent, open }: HubCall, body: string, life: Life): Promise<Posted<Data>> {
  const url = new URL(graphqlUrl(hub))
  const socket = await open(life)
  const chunks: Buffer[] = []
  const headerLines = Object.entries({
    host: url.host,
    'user-agent': userAgent,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).flat()
  const answer = await exchange(socket, { url, method: 'POST', headerLines, body }, startFigures(), {
    onHead: () => true,
    onPiece: (piece) => chunks.push(piece),
    bodyMaxBytes: ANSWER_MAX_BYTES,
  })
  if (answer.kind === 'failed') throw new UnreachedHub(networkFault(hub, answer.detail))
  if (answer.body.kind === 'CUT') throw new UnreachedHub(networkFault(hub, answer.body.detail))
  return readAnswer(hub, answer, Buffer.concat(chunks).toString())
}

function readAnswer<Data>(hub: string, { httpStatus, headers, body }: Answered, text: string): Posted<Data> {
  const result = body.kind === 'COMPLETE' ? readResult<Data>(text) : null
  const fault =
    statusFault(hub, httpStatus, headers) ?? (result === null ? notAHub(hub, httpStatus) : graphqlFault(result))
  if (fault !== null) return { kind: 'fault', fault }
  const data = result?.data
  return data === null || data === undefined
    ? { kind: 'fault', fault: notAHub(hub, httpStatus) }
    : { kind: 'data', data }
}

function notAHub(hub: string, status: number): HubFault {
  return hubFault('NOT_A_HUB', `The server at ${hub}/graphql is not a hub (HTTP ${status}): check --hub.`)
}
