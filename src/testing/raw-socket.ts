import { WebSocket, type RawData } from 'ws'
import type { TestHub } from './test-hub.js'

/** A message of graphql-transport-ws as it comes. */
export interface SocketMessage {
  type: string
  id?: string
  payload?: unknown
}

/** A peer that sends whatever a test wants sent, right or wrong. */
export interface RawSocket {
  socket: WebSocket
  /** An object goes as JSON, text and bytes as they are. */
  send(message: object | string | Buffer): void
  /** The next message. Rejects when the socket closes before there is one. */
  next(): Promise<SocketMessage>
  /** How the hub ended it. */
  closed: Promise<{ code: number; reason: string }>
  close(): Promise<void>
}

export interface RawSocketOptions {
  /** `null` asks for no subprotocol. */
  protocol?: string | null
  /** Whether it answers pings, as every WebSocket does by itself. */
  pongs?: boolean
  /** What the request for the socket carries besides. */
  headers?: Record<string, string>
}

export async function openRawSocket(
  hub: Pick<TestHub, 'url'>,
  { protocol = 'graphql-transport-ws', pongs = true, headers = {} }: RawSocketOptions = {},
): Promise<RawSocket> {
  const address = `${hub.url.replace('http', 'ws')}/graphql`
  const socket = new WebSocket(address, protocol === null ? [] : [protocol], { autoPong: pongs, headers })
  const messages: SocketMessage[] = []
  const waiting: { resolve(message: SocketMessage): void; reject(error: Error): void }[] = []
  socket.on('message', (data) => {
    const message = JSON.parse(textOf(data)) as SocketMessage
    const first = waiting.shift()
    if (first) first.resolve(message)
    else messages.push(message)
  })
  let ended: Error | null = null
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      ended = new Error(`closed with ${code} ${String(reason)}`)
      for (const { reject } of waiting.splice(0)) reject(ended)
      resolve({ code, reason: String(reason) })
    })
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  // What breaks it later shows in `closed`.
  socket.on('error', () => undefined)
  return {
    socket,
    closed,
    send: (message) =>
      socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    next: () => {
      const message = messages.shift()
      if (message) return Promise.resolve(message)
      if (ended) return Promise.reject(ended)
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    close: async () => {
      socket.close()
      await closed
    },
  }
}

/** With ws's default binary type a message is one Buffer. */
function textOf(data: RawData): string {
  return (data as Buffer).toString('utf8')
}

/** A raw socket past `connection_ack`. */
export async function openReadySocket(
  hub: Pick<TestHub, 'url'>,
  token?: string,
  options?: RawSocketOptions,
): Promise<RawSocket> {
  const raw = await openRawSocket(hub, options)
  raw.send({ type: 'connection_init', ...(token !== undefined && { payload: { authorization: `Bearer ${token}` } }) })
  const { type } = await raw.next()
  if (type !== 'connection_ack') throw new Error(`expected connection_ack, not ${type}`)
  return raw
}

/** Proves that a hub still serves others over HTTP and over a socket. */
export async function isServing(hub: TestHub): Promise<boolean> {
  const { data } = await hub.post('{ __typename }')
  const raw = await openReadySocket(hub)
  raw.send({ id: 'one', type: 'subscribe', payload: { query: '{ __typename }' } })
  const { type } = await raw.next()
  await raw.close()
  return data?.['__typename'] === 'Query' && type === 'next'
}
