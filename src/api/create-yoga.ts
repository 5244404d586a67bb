import type { GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { BearerParts } from '../access/bearer.js'
import type { GraphContext } from '../graph/context.js'
import { boundAnswers, openAnswer } from './bound-answers.js'
import { checkDocuments } from './check-documents.js'
import { compileChannel } from './compile-channel.js'
import type { TransportContext } from './caller.js'
import { createBilling } from './hold-to-rates.js'
import { holdToLimits } from './limit-documents.js'
import { maskError } from './mask-error.js'
import { createTurnstile } from '../turnstile.js'

type ApiParts = Omit<GraphContext, 'identity' | 'address' | 'socket'> & BearerParts

export type HubYoga = YogaServerInstance<TransportContext, GraphContext>

/** The one path of all documents on every transport: parsed, validated, executed and masked alike. */
export function createHubYoga(parts: ApiParts, schema: GraphQLSchema): HubYoga {
  const turnstile = createTurnstile()
  const billing = createBilling(parts, schema)
  return createYoga<TransportContext, GraphContext>({
    schema,
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    parserAndValidationCache: false,
    logging: {
      debug: (...message: unknown[]) => parts.log.debug({ message }, 'yoga'),
      info: (...message: unknown[]) => parts.log.debug({ message }, 'yoga'),
      warn: (...message: unknown[]) => parts.log.warn({ message }, 'yoga'),
      // Yoga would log masked errors again, with what callers have sent; maskError logs what matters.
      error: () => undefined,
    },
    plugins: [billing.plugin, checkDocuments(), holdToLimits(parts.settings), compileChannel(), boundAnswers()],
    maskedErrors: { maskError: (error) => maskError(parts.log, error) },
    context: async ({ caller, params }): Promise<GraphContext> => {
      if (!caller?.document) throw new Error('an operation has come from nobody, or was never read')
      await billing.charge(caller, params)
      const { identity, address, socket, document } = caller
      const answer = openAnswer(document, params.operationName ?? null, turnstile, parts.settings.answerMaxBytes)
      return { ...parts, identity, address, socket, ...answer }
    },
  })
}
