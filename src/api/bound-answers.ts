import {
  BREAK,
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  visit,
} from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { Answer } from '../graph/answer.js'
import type { GraphContext } from '../graph/context.js'
import type { Turnstile } from '../turnstile.js'
import { isChannelOnly } from './compile-channel.js'

/** What is counted of an operation's answer; nothing of the validator channel's. */
export function openAnswer(
  document: DocumentNode,
  operationName: string | null,
  turnstile: Turnstile,
  maxBytes: number,
): Pick<GraphContext, 'answer'> {
  if (isChannelOnly(document)) return {}
  const isStream = getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
  return { answer: new Answer(turnstile, isStream ? Infinity : maxBytes) }
}

/** Where an answer was stopped, the excess is the answer. What graphql-js says of the schema is counted at the end. */
export function boundAnswers(): Plugin<GraphContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { answer } = args.contextValue
      if (!answer) return undefined
      const stopped = answer.stopped.then((excess) => ({ errors: [describeExcess(excess, args)] }))
      setExecuteFn((again: ExecutionArgs) => {
        const result: unknown = executeFn(again)
        return result instanceof Promise ? Promise.race([result, stopped]) : result
      })
      if (!asksForSchema(args.document)) return undefined
      return {
        async onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result) || answer.hasRoomFor(result.data)) return
          setResult(await stopped)
        },
      }
    },
  }
}

function asksForSchema(document: DocumentNode): boolean {
  let asks = false
  visit(document, {
    Field({ name: { value } }) {
      asks ||= value === '__schema' || value === '__type'
      return asks ? BREAK : undefined
    },
  })
  return asks
}

function describeExcess(excess: GraphQLError, { document, operationName }: ExecutionArgs): GraphQLError {
  const isMutation = getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION
  const done = isMutation ? ' What came before it was carried out.' : ''
  const http = { spec: true, status: 400 }
  return new GraphQLError(excess.message + done, { extensions: { ...excess.extensions, http } })
}
