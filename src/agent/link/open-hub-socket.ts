import { createClient, MessageType } from 'graphql-ws'
import type { Client } from 'graphql-ws'
import type { WebSocket } from 'ws'

import { PROTOCOL_VERSION } from '../../protocol/limits.js'
import { TasksDocument } from '../client/graphql.js'
import type { TasksSubscription, TypedDocumentString } from '../client/graphql.js'
import { socketUrl } from './hub-address.js'
import { hubFault } from './hub-fault.js'
import type { HubFault } from './hub-fault.js'
import type { OpenHub } from './open-hub.js'
import { closeSocket, hubWebSocket } from './hub-web-socket.js'
import { graphqlFault } from './read-result.js'
import type { GraphqlFault, GraphqlResult } from './read-result.js'
import { socketFault } from './socket-fault.js'
import type { SocketEnd } from './socket-fault.js'

export type HubTask = TasksSubscription['tasks'][number]

export interface SocketPatience {
  answerMs: number
  pingEveryMs: number
  requestMs: number
}

export const SOCKET_PATIENCE: SocketPatience = { answerMs: 10_000, pingEveryMs: 10_000, requestMs: 30_000 }

export interface SocketParts {
  hub: string
  token: string
  userAgent: string
  open: OpenHub
  patience: SocketPatience
  onOpen: () => void
  onTasks: (tasks: HubTask[]) => void
}

export interface HubSocket {
  isOpen(): boolean
  takeTasks(): void
  stopTasks(): void
  /** `null` when the socket ended first: nobody knows then what the hub did. */
  ask<Data extends Record<string, unknown>, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<GraphqlResult<Data> | null>
  close(): void
  readonly ended: Promise<HubFault>
}

export function openSocket(parts: SocketParts): HubSocket {
  let tellEnd: (fault: HubFault) => void = () => {}
  const ended = new Promise<HubFault>((resolve) => {
    tellEnd = resolve
  })
  const { client, socket } = createLink(parts, finish)
  let isOver = false
  let stopTasks = () => {}

  function finish(fault: HubFault): void {
    if (isOver) return
    isOver = true
    // Else graphql-ws opens another after a normal closure. It rejects where none ever opened.
    void Promise.resolve(client.dispose()).catch(() => {})
    closeSocket(socket())
    tellEnd(fault)
  }

  return {
    isOpen: () => !isOver,
    takeTasks() {
      stopTasks = subscribeTasks(client, parts.onTasks, finish)
    },
    stopTasks: () => stopTasks(),
    // graphql-ws would open another socket for it.
    ask: async (document, variables) =>
      isOver ? null : ask(client, parts.patience.requestMs, document, variables, finish),
    close: () => finish(hubFault('UNREACHABLE', 'This validator closed the connection.')),
    ended,
  }
}

interface Link {
  client: Client
  socket: () => WebSocket | null
}

function createLink(parts: SocketParts, finish: (fault: HubFault) => void): Link {
  const { hub, token, patience, onOpen } = parts
  let socket: WebSocket | null = null
  let unanswered: NodeJS.Timeout | undefined
  const end = (how: SocketEnd) => {
    clearTimeout(unanswered)
    finish(socketFault(hub, how))
  }
  let isPinged = false
  const awaitSign = () => {
    clearTimeout(unanswered)
    if (isPinged) unanswered = setTimeout(() => client.terminate(), patience.answerMs)
  }
  const client = createClient({
    url: socketUrl(hub),
    webSocketImpl: hubWebSocket({
      ...parts,
      onMade: (made) => (socket = made),
      onRefused: finish,
    }),
    connectionParams: { authorization: `Bearer ${token}`, protocolVersion: PROTOCOL_VERSION },
    // Our own loop opens the next.
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => {},
    connectionAckWaitTimeout: patience.answerMs,
    keepAlive: patience.pingEveryMs,
    on: {
      connected: onOpen,
      ping(received) {
        if (received) return
        isPinged = true
        awaitSign()
      },
      // Any message is a sign of life: a pong may come behind a long list of tasks. It may also never come.
      message({ type }) {
        isPinged &&= type !== MessageType.Pong
        awaitSign()
      },
      error: (error) => end({ kind: 'error', error }),
      closed(event) {
        const { code, reason } = event as { code: number; reason: string }
        end({ kind: 'closed', code, reason })
      },
    },
  })
  return { client, socket: () => socket }
}

function subscribeTasks(
  client: Client,
  onTasks: SocketParts['onTasks'],
  finish: (fault: HubFault) => void,
): () => void {
  let isStopped = false
  const unsubscribe = client.subscribe<TasksSubscription>(payload(TasksDocument, {}), {
    next(result) {
      const fault = graphqlFault(result)
      if (fault !== null) finish(fault)
      else if (!isStopped) onTasks(result.data?.tasks ?? [])
    },
    error: (error) => finish(refusedOperation(error)),
    complete() {
      if (!isStopped) finish(hubFault('RESTARTING', 'The hub ended the task stream.'))
    },
  })
  return () => {
    isStopped = true
    unsubscribe()
  }
}

function ask<Data extends Record<string, unknown>, Variables extends Record<string, unknown>>(
  client: Client,
  patienceMs: number,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  finish: (fault: HubFault) => void,
): Promise<GraphqlResult<Data> | null> {
  return new Promise((resolve) => {
    const silence = hubFault('UNREACHABLE', 'The hub left a request unanswered.')
    const timer = setTimeout(() => finish(silence), patienceMs)
    const settle = (result: GraphqlResult<Data> | null) => {
      clearTimeout(timer)
      resolve(result)
    }
    client.subscribe<Data>(payload(document, variables), {
      next: settle,
      error: (error) => settle(Array.isArray(error) ? { errors: error as GraphqlFault[] } : null),
      complete: () => settle(null),
    })
  })
}

function payload<Variables extends Record<string, unknown>>(
  document: TypedDocumentString<unknown, Variables>,
  variables: Variables,
) {
  return { query: document.toString(), variables }
}

/** Errors of the hub come as a list; anything else is the end of the socket. */
function refusedOperation(error: unknown): HubFault {
  const errors = Array.isArray(error) ? (error as GraphqlFault[]) : []
  return graphqlFault({ errors }) ?? hubFault('UNREACHABLE', 'The connection ended.')
}
