import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { CloseCode, handleProtocols, type Server } from 'graphql-ws'
import type { Logger } from 'pino'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Clock } from '../clock.js'
import {
  GOODBYE_MS,
  LARGE_MESSAGE_MIN_BYTES,
  READ_PER_TURN_MAX_BYTES,
  SESSIONLESS_SOCKETS_MAX,
  WAITING_MESSAGES_MAX_BYTES,
} from '../limits.js'
import { addressKey } from '../rates.js'
import type { Settings } from '../settings.js'
import type { Turnstile } from '../turnstile.js'
import { FOREIGN_ORIGIN, judgeOrigin } from '../http/judge-request.js'
import type { AddressOf } from '../http/peer-address.js'
import { createQuota } from '../http/quota.js'
import { createReadGate, type ReadLane } from './read-gate.js'
import { receiveMessages } from './receive-messages.js'
import { refuseUpgrade, STOPPING, TOO_MANY_SOCKETS } from './refuse-upgrade.js'
import { NOTHING_HERE } from '../http/refusal.js'
import { requestUrl } from '../http/request-url.js'
import { RESTART_CLOSE_CODE, socketState, type SocketState } from './socket-operations.js'
import { waitAtMost } from '../http/wait-at-most.js'

export interface SocketTransport {
  /** Tells every peer to come back later, and cuts off those that do not listen. */
  close(): Promise<void>
}

interface TransportOptions {
  /** Where large messages of all sockets queue. */
  turnstile: Turnstile
  limits: Pick<Settings, 'messageMaxBytes' | 'outgoingMaxBytes' | 'origins' | 'publicUrl' | 'corsOrigins'>
  addressOf: AddressOf
  server: HttpServer
  operations: Server<SocketState>
  clock: Clock
  log: Logger
  pingIntervalMs: number
}

/** Takes WebSockets on `/graphql`. Whatever a peer does ends at worst its own socket. */
export function openSocketTransport(options: TransportOptions): SocketTransport {
  const { server, log, limits } = options
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageMaxBytes,
    perMessageDeflate: false,
    handleProtocols,
  })
  const gate = createReadGate({
    turnMaxBytes: READ_PER_TURN_MAX_BYTES,
    waitingMaxBytes: WAITING_MESSAGES_MAX_BYTES,
    largeMinBytes: LARGE_MESSAGE_MIN_BYTES,
  })
  const sessionless = createQuota(SESSIONLESS_SOCKETS_MAX)
  const noteBreaks = (stream: Duplex) =>
    stream.on('error', (error) => log.debug({ error }, 'a connection broke during its upgrade'))
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    noteBreaks(stream)
    if (requestUrl(request.url)?.pathname !== '/graphql') return refuseUpgrade(stream, NOTHING_HERE)
    if (judgeOrigin(request.headers, limits) === 'FOREIGN') return refuseUpgrade(stream, FOREIGN_ORIGIN)
    const address = options.addressOf(request)
    const endProbation = sessionless.enter(addressKey(address))
    if (endProbation === null) return refuseUpgrade(stream, TOO_MANY_SOCKETS)
    stream.once('close', endProbation)
    const opening = { lane: gate.admit(stream), request, address, endProbation }
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, opening, options))
  }
  server.on('upgrade', onUpgrade)
  return {
    async close() {
      server.off('upgrade', onUpgrade)
      server.on('upgrade', (_request, stream: Duplex) => {
        noteBreaks(stream)
        refuseUpgrade(stream, STOPPING)
      })
      for (const socket of sockets.clients) socket.close(RESTART_CLOSE_CODE, 'The hub is stopping: try again soon.')
      const gone = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      await waitAtMost(GOODBYE_MS, Promise.all(gone))
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

interface Opening {
  lane: ReadLane
  request: IncomingMessage
  address: string
  endProbation: () => void
}

function serve(socket: WebSocket, opening: Opening, options: TransportOptions): void {
  const { lane, request, address, endProbation } = opening
  const { operations, clock, log, limits } = options
  socket.on('error', (error) => log.debug({ error }, 'a socket failed'))
  const stopPings = keepAlive(socket, { stream: request.socket, lane }, options.pingIntervalMs)
  const state = socketState(
    { id: randomUUID(), connectedAt: clock.now(), close: (code, reason) => socket.close(code, reason) },
    address,
    endProbation,
  )
  const closed = operations.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data, limits.outgoingMaxBytes),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        receiveMessages(socket, { turnstile: options.turnstile, lane }, (text) => {
          if (dropIfDeaf(socket, limits.outgoingMaxBytes)) return
          take(text).catch((error: unknown) => closeFor(error, socket, log))
        }),
    },
    state,
  )
  socket.once('close', (code, reason) => {
    stopPings()
    closed(code, String(reason)).catch((error: unknown) => log.error({ error }, 'a socket was not cleaned up'))
  })
}

/** graphql-ws throws this when a peer sends a message type of servers. */
const FOREIGN_MESSAGE = /^Unexpected message of type \w+ received$/

function closeFor(error: unknown, socket: WebSocket, log: Logger): void {
  if (error instanceof Error && FOREIGN_MESSAGE.test(error.message)) {
    socket.close(CloseCode.BadRequest, 'Only a server sends messages of this type.')
    return
  }
  log.error({ error }, 'a message could not be handled')
  socket.close(CloseCode.InternalServerError, 'Something went wrong in the hub.')
}

/** Resolves when the peer's kernel has taken the data, so a stream never runs ahead of its peer. */
function send(socket: WebSocket, data: string, outgoingMaxBytes: number): Promise<void> {
  if (socket.readyState !== socket.OPEN || dropIfDeaf(socket, outgoingMaxBytes)) return Promise.resolve()
  // An error means that the socket is going; its close event cleans up.
  return new Promise((resolve) => socket.send(data, () => resolve()))
}

/** A peer that keeps asking without reading would fill the hub's memory. */
function dropIfDeaf(socket: WebSocket, outgoingMaxBytes: number): boolean {
  if (socket.bufferedAmount <= outgoingMaxBytes) return false
  socket.terminate()
  return true
}

/** Ends sockets that have sent nothing since the last ping; anything counts, not only pongs. */
function keepAlive(
  socket: WebSocket,
  { stream, lane }: { stream: Pick<Socket, 'bytesRead'>; lane: ReadLane },
  intervalMs: number,
): () => void {
  let bytesAtPing: number | null = null
  const timer = setInterval(() => {
    // What the hub itself has not read says nothing about the peer.
    if (stream.bytesRead === bytesAtPing && !lane.isBehind()) return socket.terminate()
    bytesAtPing = stream.bytesRead
    socket.ping()
  }, intervalMs)
  return () => clearInterval(timer)
}
