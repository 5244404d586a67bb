import { type DocumentNode, type ExecutionArgs, type FormattedExecutionResult, GraphQLError } from 'graphql'
import { CloseCode, makeServer, type Server } from 'graphql-ws'
import type { GraphSocket } from '../graph/context.js'
import { fault, type FaultCode } from '../graph/fault.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { OPERATIONS_PER_SOCKET_MAX } from '../limits.js'
import { PROTOCOL_VERSION } from '../protocol/limits.js'
import { authenticate, type AuthenticationParts } from '../access/authenticate.js'
import type { HubYoga } from '../api/create-yoga.js'
import { admit } from '../api/hold-to-rates.js'
import type { Parts } from '../parts.js'
import { describeWithdrawal, type LiveAccess } from '../access/live-access.js'
import { maskError } from '../api/mask-error.js'

export interface SocketState {
  socket: GraphSocket
  address: string
  /** Set by connection_init. */
  identity: Identity
  /** Called when it has shown a valid token. */
  endProbation: () => void
  /** Null once the socket is closed. */
  stopFollowing: (() => void) | null
}

/** PROTOCOL §5: the hub no longer speaks the agent's protocol. */
const PROTOCOL_TOO_OLD_CLOSE_CODE = 4426
/** PROTOCOL §5: come back, elsewhere if you can. */
export const RESTART_CLOSE_CODE = 1012

type SocketParts = AuthenticationParts & Pick<Parts, 'log'> & { liveAccess: LiveAccess }

/** One operation's enveloped functions, carried to where graphql-ws runs it. */
interface Enveloped {
  execute(args: ExecutionArgs): ReturnType<ReturnType<HubYoga['getEnveloped']>['execute']>
  subscribe(args: ExecutionArgs): ReturnType<ReturnType<HubYoga['getEnveloped']>['subscribe']>
}

/**
 * graphql-transport-ws over Yoga's own functions, so that documents are handled exactly as over HTTP. A faulty one gets
 * an `error` message; the socket lives on.
 */
export function createSocketServer(parts: SocketParts, yoga: HubYoga, initTimeoutMs: number): Server<SocketState> {
  return makeServer<Record<string, unknown> | undefined, SocketState>({
    connectionInitWaitTimeout: initTimeoutMs,
    onConnect: async ({ connectionParams, extra }) => {
      if (isTooOld(connectionParams)) {
        extra.socket.close(
          PROTOCOL_TOO_OLD_CLOSE_CODE,
          `This hub speaks protocol ${PROTOCOL_VERSION}: upgrade the agent.`,
        )
        return false
      }
      try {
        extra.identity = await authenticate(parts, readAuthorization(connectionParams), extra.address)
        if (extra.identity.kind !== 'anonymous') extra.endProbation()
        followAccess(parts, extra)
        return true
      } catch (error) {
        const { message, extensions } = maskError(parts.log, error)
        // A database that is away says nothing about the token: the peer must not think that its session has ended.
        const code = extensions['code'] === 'UNAUTHENTICATED' ? CloseCode.Forbidden : RESTART_CLOSE_CODE
        extra.socket.close(code, message.slice(0, CLOSE_REASON_LENGTH_MAX))
        return false
      }
    },
    onSubscribe: async ({ extra, subscriptions }, _id, { query, operationName, variables }) => {
      if (Object.keys(subscriptions).length > OPERATIONS_PER_SOCKET_MAX) return [TOO_MANY_OPERATIONS]
      const { identity, address, socket } = extra
      const { schema, parse, validate, execute, subscribe, contextFactory } = yoga.getEnveloped({
        params: { query, operationName, variables },
        caller: await admit(parts.rates, { identity, address, socket }),
      })
      try {
        const document = parseDocument(parse, query)
        if (document instanceof GraphQLError) return [document]
        const errors = validate(schema, document) as readonly GraphQLError[]
        if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'))
        return {
          schema,
          document,
          operationName: operationName ?? null,
          variableValues: variables ?? null,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        }
      } catch (error) {
        return [withoutHttp(maskError(parts.log, error))]
      }
    },
    onNext: (_context, _id, _payload, _args, { errors, ...result }) =>
      errors ? ({ ...result, errors: errors.map(withoutHttp) } as FormattedExecutionResult) : undefined,
    onClose: ({ extra }) => {
      extra.stopFollowing?.()
      extra.stopFollowing = null
    },
    execute: (args) => (args.rootValue as Enveloped).execute(args),
    subscribe: (args) => (args.rootValue as Enveloped).subscribe(args),
  })
}

/** Closes a socket once its token is void, whether or not an operation is running. */
function followAccess({ liveAccess }: SocketParts, extra: SocketState): void {
  // It was closed while its token was looked up.
  if (extra.stopFollowing === null) return
  extra.stopFollowing = liveAccess.follow(extra.identity, (withdrawal) => {
    if (withdrawal !== 'ENDED') return
    // Its operations report the reason first, where their callers read.
    setImmediate(() => extra.socket.close(CloseCode.Forbidden, describeWithdrawal(extra.identity, withdrawal)))
  })
}

/** RFC 6455: 125 bytes minus the two of the code. Our sentences are ASCII. */
const CLOSE_REASON_LENGTH_MAX = 123

const TOO_MANY_OPERATIONS = fault(
  'BAD_USER_INPUT',
  `A socket carries at most ${OPERATIONS_PER_SOCKET_MAX} operations at a time: wait for one to end, or open another socket.`,
  { limit: OPERATIONS_PER_SOCKET_MAX },
)

function parseDocument(parse: (text: string) => DocumentNode, query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED')
    throw error
  }
}

/** As over HTTP, the code says whose fault it is. */
function withCode(error: GraphQLError, code: FaultCode): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null, extensions } = error
  const coded = { code, ...extensions }
  return withoutHttp(new GraphQLError(error.message, { nodes, source, positions, path, extensions: coded }))
}

function withoutHttp(error: GraphQLError): GraphQLError {
  const { http, ...extensions } = error.extensions
  if (http === undefined) return error
  const { nodes = null, source = null, positions = null, path = null } = error
  return new GraphQLError(error.message, { nodes, source, positions, path, extensions })
}

export function socketState(socket: GraphSocket, address: string, endProbation: () => void): SocketState {
  return { socket, address, identity: ANONYMOUS, endProbation, stopFollowing: () => undefined }
}

function readAuthorization(parameters: Readonly<Record<string, unknown>> | undefined): string | null {
  const value = parameters?.['authorization'] ?? parameters?.['Authorization']
  return typeof value === 'string' ? value : null
}

function isTooOld(parameters: Readonly<Record<string, unknown>> | undefined): boolean {
  const version = parameters?.['protocolVersion']
  return typeof version === 'number' && version < PROTOCOL_VERSION
}
