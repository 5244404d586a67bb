import { openReadySocket } from '../raw-socket.js'
import type { TestHub } from '../test-hub.js'

/** What comes back of one operation, whatever carried it. */
export interface TransportAnswer {
  /** Over HTTP. */
  status?: number
  retryAfter?: string | null
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions: Record<string, unknown> }[]
  /** Over a WebSocket: the type of the message, and whether the socket lives on. */
  message?: { type: string; isAlive: boolean }
}

type Ask = (hub: TestHub, query: string, options?: { token?: string; variables?: object }) => Promise<TransportAnswer>

/** Every way in which an operation can come. */
export const TRANSPORTS: Record<'POST' | 'GET' | 'SSE' | 'WebSocket', Ask> = {
  POST: async (hub, query, { token, variables = {} } = {}) =>
    read(
      await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(token) },
        body: JSON.stringify({ query, variables }),
      }),
    ),
  GET: async (hub, query, options) => read(await get(hub, query, 'application/json', options)),
  SSE: async (hub, query, options) => read(await get(hub, query, 'text/event-stream', options)),
  WebSocket: async (hub, query, { token, variables = {} } = {}) => {
    const raw = await openReadySocket(hub, token)
    raw.send({ type: 'subscribe', id: '1', payload: { query, variables } })
    const { type, payload } = await raw.next()
    raw.send({ type: 'ping' })
    let then = await raw.next()
    while (then.type === 'complete') then = await raw.next()
    const message = { type, isAlive: then.type === 'pong' }
    await raw.close()
    return type === 'error'
      ? { message, errors: payload as NonNullable<TransportAnswer['errors']> }
      : { message, ...(payload as object) }
  },
}

function get(hub: TestHub, query: string, accept: string, { token, variables = {} }: Parameters<Ask>[2] = {}) {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) })
  return fetch(`${hub.url}/graphql?${parameters}`, { headers: { accept, ...bearer(token) } })
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` }
}

async function read(response: Response): Promise<TransportAnswer> {
  const text = await response.text()
  const body = JSON.parse(/data:(.*)/.exec(text)?.[1] ?? text) as object
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...body }
}
