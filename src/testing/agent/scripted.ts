import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

import { buildSchema, graphql } from 'graphql'
import { makeServer } from 'graphql-ws'
import type { Server } from 'graphql-ws'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

import { formatInstant } from '../../protocol/text-forms.js'
import type {
  AbstainInput,
  AbstainMutation,
  SignupInput,
  SubmitTicksInput,
  SubmitTicksMutation,
} from '../../agent/client/graphql.js'
import type { HubTask } from '../../agent/link/open-hub-socket.js'
import { DAY_MS } from '../../time.js'

const CHANNEL = readFileSync(new URL('../../protocol/channel.graphql', import.meta.url), 'utf8')
const schemaOf = (channel: string) =>
  buildSchema(
    `scalar PublicKey scalar Signature scalar Hash scalar DateTime scalar BigInt
  interface Problem { message: String! }
  type Query { viewer: Viewer }
  union Viewer = Validator
  type Validator { id: ID! pendingPayouts: BigInt! }
  type WebsiteTick { id: ID! }
  ${channel}`,
  )
/** Hubs may do without what came later: by whether it tells its time. */
const SCHEMAS = {
  TELLS_TIME: schemaOf(CHANNEL),
  SILENT: schemaOf(CHANNEL.replace(/^extend type Query.*$/m, '')),
}

export type Submitted = SubmitTicksMutation['submitTicks'] | Error
interface TypeNamed {
  __typename: string
  [field: string]: unknown
}

/** What the hub does when asked; a test puts another in to have it misbehave. */
export interface HubScript {
  signup: (input: SignupInput) => TypeNamed
  submit(input: SubmitTicksInput): Submitted | Promise<Submitted>
  abstain(input: AbstainInput): AbstainMutation['abstain'] | Error
  /** A code refuses `connection_init` with it. */
  connect(params: Record<string, unknown>): { code: number; reason: string } | null
  /** Answers a request instead of GraphQL when it returns true. */
  http(request: IncomingMessage, response: ServerResponse): boolean
  /** What is said in place of an upgrade; null for one. */
  upgrade: string | null
  now(): string | Promise<string>
  /** Whether pings are answered. */
  pongs: boolean
}

export type HubEvent =
  | { kind: 'SIGNUP'; input: SignupInput }
  | { kind: 'CONNECT'; params: Record<string, unknown> }
  | { kind: 'NOW' }
  | { kind: 'PING' }
  | { kind: 'TASKS' }
  | { kind: 'TASKS_OVER' }
  | { kind: 'SUBMIT'; input: SubmitTicksInput }
  | { kind: 'ABSTAIN'; input: AbstainInput }

export interface ScriptedHub {
  url: string
  script: HubScript
  /** The next event of a kind that no test has taken yet. */
  next: <Kind extends HubEvent['kind']>(kind: Kind) => Promise<Extract<HubEvent, { kind: Kind }>>
  count: (kind: HubEvent['kind']) => number
  sendTasks(tasks: HubTask[]): void
  closeSockets(code: number, reason: string): void
  /** Breaks every connection without a word. */
  cut(): void
  /** Keeps every connection and reads nothing from it any more. */
  freeze(): void
  close(): Promise<void>
}

export interface ScriptedHubOptions {
  time?: keyof typeof SCHEMAS
  /** Then it speaks HTTPS, as localhost. */
  tls?: { key: string; cert: string } | null
}

/** A hub that does as a test tells it, over the protocol's own channel and real sockets. `now` is the hub's clock. */
export async function startScriptedHub(
  now: () => number,
  port = 0,
  { time = 'TELLS_TIME', tls = null }: ScriptedHubOptions = {},
): Promise<ScriptedHub> {
  const script = obedient(now)
  const schema = SCHEMAS[time]
  const events = recordEvents()
  const taskQueues = new Set<(tasks: HubTask[]) => void>()
  const rootValue = createRoot(script, (event) => events.record(event), taskQueues, now)
  const connections = new Set<Socket>()
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (script.http(request, response)) return
    void text(request).then(async (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
      const result = await graphql({ schema, source: query, variableValues: variables, rootValue })
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
    })
  }
  const server = tls === null ? createServer(answer) : createTlsServer(tls, answer)
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  const webSockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (script.upgrade !== null) return socket.end(script.upgrade)
    webSockets.handleUpgrade(request, socket, head, (opened) => webSockets.emit('connection', opened, request))
  })
  const operations = makeServer<Record<string, unknown>, WebSocket>({
    schema,
    roots: { query: rootValue, mutation: rootValue, subscription: rootValue },
    onConnect({ connectionParams, extra }) {
      const params = connectionParams ?? {}
      events.record({ kind: 'CONNECT', params })
      const refusal = script.connect(params)
      if (refusal !== null) extra.close(refusal.code, refusal.reason)
      return refusal === null
    },
  })
  const onPing = (): boolean => {
    events.record({ kind: 'PING' })
    return script.pongs
  }
  webSockets.on('connection', (socket) => serveSocket(operations, socket, onPing))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  return {
    url: tls === null ? `http://127.0.0.1:${taken}` : `https://localhost:${taken}`,
    script,
    next: (kind) => events.next(kind),
    count: (kind) => events.count(kind),
    sendTasks: (tasks) => taskQueues.forEach((send) => send(tasks)),
    closeSockets: (code, reason) => webSockets.clients.forEach((socket) => socket.close(code, reason)),
    cut: () => connections.forEach((socket) => socket.destroy()),
    freeze: () => webSockets.clients.forEach((socket) => socket.pause()),
    async close() {
      connections.forEach((socket) => socket.destroy())
      webSockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As graphql-ws itself does it, but without an error for replies to a peer that has gone. */
function serveSocket(operations: Server<WebSocket>, socket: WebSocket, answersPing: () => boolean): void {
  const closed = operations.opened(
    {
      protocol: socket.protocol,
      send: (data) => (socket.readyState === socket.OPEN ? socket.send(data, () => {}) : undefined),
      close: (code, reason) => socket.close(code, reason),
      onPing: () => (answersPing() ? socket.send(JSON.stringify({ type: 'pong' }), () => {}) : undefined),
      onMessage: (handle) => socket.on('message', (data: Buffer) => void handle(data.toString())),
    },
    socket,
  )
  socket.once('close', (code, reason) => void closed(code, String(reason)))
}

function obedient(now: () => number): HubScript {
  return {
    signup: () => ({
      __typename: 'SignupSuccess',
      sessionToken: 'token-1',
      expiresAt: formatInstant(now() + DAY_MS),
      validator: { id: 'validator-1', pendingPayouts: '5000' },
    }),
    submit: () => ({ kind: 'SubmitTicksSuccess', rejected: [] }),
    abstain: ({ callbackIds }) => ({ kind: 'AbstainSuccess', taken: callbackIds.length, rejected: [] }),
    connect: () => null,
    http: () => false,
    upgrade: null,
    now: () => formatInstant(now()),
    pongs: true,
  }
}

function createRoot(
  script: HubScript,
  record: (event: HubEvent) => void,
  taskQueues: Set<(tasks: HubTask[]) => void>,
  now: () => number,
) {
  return {
    now() {
      record({ kind: 'NOW' })
      return script.now()
    },
    viewer: () => ({ __typename: 'Validator', id: 'validator-1', pendingPayouts: '5012' }),
    createSignupChallenge: () => ({ challenge: 'challenge-1', expiresAt: formatInstant(now() + 60_000) }),
    signup({ input }: { input: SignupInput }) {
      record({ kind: 'SIGNUP', input })
      return script.signup(input)
    },
    async submitTicks({ input }: { input: SubmitTicksInput }) {
      record({ kind: 'SUBMIT', input })
      const submitted = await script.submit(input)
      if (submitted instanceof Error) throw submitted
      return named(submitted)
    },
    abstain({ input }: { input: AbstainInput }) {
      record({ kind: 'ABSTAIN', input })
      const answered = script.abstain(input)
      if (answered instanceof Error) throw answered
      return named(answered)
    },
    tasks() {
      record({ kind: 'TASKS' })
      return taskStream(taskQueues, () => record({ kind: 'TASKS_OVER' }))
    },
  }
}

function named({ kind, ...fields }: { kind: string }): TypeNamed {
  return { __typename: kind, ...fields }
}

/** Written out, because an async generator that waits cannot be ended from outside. */
function taskStream(
  taskQueues: Set<(tasks: HubTask[]) => void>,
  onOver: () => void,
): AsyncIterableIterator<{ tasks: HubTask[] }> {
  const pending: { tasks: HubTask[] }[] = []
  let wake = () => {}
  let isOver = false
  const send = (tasks: HubTask[]) => {
    pending.push({ tasks })
    wake()
  }
  taskQueues.add(send)
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      // Only one call waits at a time, and it is woken when there is something to say.
      if (pending.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      const value = pending.shift()
      return value === undefined ? { done: true, value: undefined } : { done: false, value }
    },
    async return() {
      taskQueues.delete(send)
      isOver = true
      wake()
      onOver()
      return { done: true, value: undefined }
    },
  }
}

function recordEvents() {
  const untaken: HubEvent[] = []
  const counts = new Map<HubEvent['kind'], number>()
  let waiters: { kind: HubEvent['kind']; resolve: (event: HubEvent) => void }[] = []
  return {
    record(event: HubEvent) {
      counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1)
      const waiter = waiters.find(({ kind }) => kind === event.kind)
      waiters = waiters.filter((other) => other !== waiter)
      if (waiter === undefined) untaken.push(event)
      else waiter.resolve(event)
    },
    next<Kind extends HubEvent['kind']>(kind: Kind): Promise<Extract<HubEvent, { kind: Kind }>> {
      const index = untaken.findIndex((event) => event.kind === kind)
      const [found] = index === -1 ? [] : untaken.splice(index, 1)
      if (found !== undefined) return Promise.resolve(found as Extract<HubEvent, { kind: Kind }>)
      return new Promise((resolve) => {
        waiters.push({ kind, resolve: resolve as (event: HubEvent) => void })
      })
    },
    count: (kind: HubEvent['kind']) => counts.get(kind) ?? 0,
  }
}
