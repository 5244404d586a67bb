import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { GraphContext, GraphSocket } from '../graph/context.js'
import type { Identity } from '../graph/identity.js'
import { authenticate } from './authenticate.js'
import { compileChannel } from './compile-channel.js'
import type { HubParts } from './hub-parts.js'
import { holdToLimits } from './limit-documents.js'
import { maskError } from './mask-error.js'
import { peerAddress } from './peer-address.js'

/** What a transport knows of an operation before it is run. */
export interface TransportContext {
  /** Over HTTP. */
  req?: IncomingMessage
  res?: ServerResponse
  /** Over a WebSocket: who opened it. */
  live?: { identity: Identity; address: string; socket: GraphSocket }
}

export type HubYoga = YogaServerInstance<TransportContext, GraphContext>

/** The one road of every document, over whatever transport: parsed, checked, run and masked alike. */
export function createHubYoga(parts: HubParts, schema: GraphQLSchema): HubYoga {
  return createYoga<TransportContext, GraphContext>({
    schema,
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    logging: {
      debug: (...message: unknown[]) => parts.log.debug({ message }, 'yoga'),
      info: (...message: unknown[]) => parts.log.debug({ message }, 'yoga'),
      warn: (...message: unknown[]) => parts.log.warn({ message }, 'yoga'),
      // Yoga repeats what maskError has changed, a caller's broken JSON too; what matters is logged there, once.
      error: (...message: unknown[]) => parts.log.debug({ message }, 'yoga'),
    },
    plugins: [holdToLimits(parts.settings), compileChannel()],
    maskedErrors: { maskError: (error) => maskError(parts.log, error) },
    context: async ({ req, live }): Promise<GraphContext> => {
      if (live) return { ...parts, ...live }
      return {
        ...parts,
        identity: await authenticate(parts, req?.headers.authorization ?? null),
        address: peerAddress(req?.socket.remoteAddress),
        socket: null,
      }
    },
  })
}
