import type { ExecutionArgs, GraphQLError } from 'graphql'
import { CloseCode, makeServer, type Server } from 'graphql-ws'
import type { GraphSocket } from '../graph/context.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { PROTOCOL_VERSION } from '../protocol/limits.js'
import { authenticate } from './authenticate.js'
import type { HubYoga } from './create-yoga.js'
import type { HubParts } from './hub-parts.js'
import { maskError } from './mask-error.js'

/** What a socket carries from its opening to its operations. */
export interface SocketState {
  socket: GraphSocket
  address: string
  /** Set by connection_init. */
  identity: Identity
}

/** PROTOCOL §5: the agent speaks a protocol that the hub no longer does. */
const PROTOCOL_TOO_OLD_CLOSE_CODE = 4426
const INIT_TIMEOUT_MS = 10_000

/** The enveloped functions of one operation, carried to where graphql-ws runs it. */
interface Enveloped {
  execute(args: ExecutionArgs): ReturnType<ReturnType<HubYoga['getEnveloped']>['execute']>
  subscribe(args: ExecutionArgs): ReturnType<ReturnType<HubYoga['getEnveloped']>['subscribe']>
}

/**
 * graphql-transport-ws over Yoga's own functions, so that parsing, validation, context and masking are those of HTTP.
 * A faulty document is answered with an `error` message on a living socket.
 */
export function createSocketServer(parts: HubParts, yoga: HubYoga): Server<SocketState> {
  return makeServer<Record<string, unknown> | undefined, SocketState>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: async ({ connectionParams, extra }) => {
      if (isTooOld(connectionParams)) {
        extra.socket.close(
          PROTOCOL_TOO_OLD_CLOSE_CODE,
          `This hub speaks protocol ${PROTOCOL_VERSION}: upgrade the agent.`,
        )
        return false
      }
      try {
        extra.identity = await authenticate(parts, readAuthorization(connectionParams))
        return true
      } catch (error) {
        const { message } = maskError(parts.log, error)
        extra.socket.close(CloseCode.Forbidden, message.slice(0, 120))
        return false
      }
    },
    onSubscribe: async ({ extra }, _id, { query, operationName, variables }) => {
      const { identity, address, socket } = extra
      const { schema, parse, validate, execute, subscribe, contextFactory } = yoga.getEnveloped({
        params: { query, operationName, variables },
        live: { identity, address, socket },
      })
      try {
        const document = parse(query)
        const errors = validate(schema, document) as readonly GraphQLError[]
        if (errors.length > 0) return errors
        return {
          schema,
          document,
          operationName: operationName ?? null,
          variableValues: variables ?? null,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        }
      } catch (error) {
        return [maskError(parts.log, error)]
      }
    },
    execute: (args) => (args.rootValue as Enveloped).execute(args),
    subscribe: (args) => (args.rootValue as Enveloped).subscribe(args),
  })
}

/** The state that a socket begins with. */
export function socketState(socket: GraphSocket, address: string): SocketState {
  return { socket, address, identity: ANONYMOUS }
}

function readAuthorization(parameters: Readonly<Record<string, unknown>> | undefined): string | null {
  const value = parameters?.['authorization'] ?? parameters?.['Authorization']
  return typeof value === 'string' ? value : null
}

function isTooOld(parameters: Readonly<Record<string, unknown>> | undefined): boolean {
  const version = parameters?.['protocolVersion']
  return typeof version === 'number' && version < PROTOCOL_VERSION
}
