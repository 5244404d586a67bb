import { Kind, type DocumentNode, type ExecutionArgs, type GraphQLSchema } from 'graphql'
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { COMPILED_DOCUMENTS_MAX } from '../limits.js'

/** What validators send thousands of times a minute in exactly the same words. */
const CHANNEL_FIELDS = new Set(['tasks', 'submitTick', 'submitTicks'])
/** Compiling costs as much as several runs, so only documents that come back are compiled. */
const RUNS_BEFORE_COMPILING = 10

interface Known {
  runs: number
  /** Null until it is worth it, or when it cannot be compiled. */
  compiled: CompiledQuery | null
}

/**
 * graphql-js takes apart 500 ticks, and completes 500 tasks, field by field; compiled code does not. Operations with
 * invalid variables stay with graphql-js, since compiled code words the errors differently.
 */
export function compileChannel(): Plugin {
  const documents = new LRUCache<DocumentNode, Known>({ max: COMPILED_DOCUMENTS_MAX })

  const find = ({ schema, document, operationName }: ExecutionArgs): CompiledQuery | null => {
    if (!isChannelOnly(document)) return null
    const known = documents.get(document) ?? { runs: 0, compiled: null }
    documents.set(document, known)
    known.runs += 1
    if (known.runs === RUNS_BEFORE_COMPILING) known.compiled = compile(schema, document, operationName)
    return known.compiled
  }

  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const compiled = find(args)
      if (!compiled) return
      setExecuteFn((again: ExecutionArgs) => runOr(compiled.query, again, executeFn))
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const compiled = find(args)
      const subscribe = compiled?.subscribe
      if (!subscribe) return
      setSubscribeFn((again: ExecutionArgs) => runOr(subscribe, again, subscribeFn))
    },
  }
}

export function isChannelOnly({ definitions }: DocumentNode): boolean {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operations.length !== 1 || !operation) return false
  return operation.selectionSet.selections.every((one) => one.kind === Kind.FIELD && CHANNEL_FIELDS.has(one.name.value))
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: ExecutionArgs['operationName']) {
  const compiled = compileQuery(schema, document, operationName ?? undefined, { disablingCapturingStackErrors: true })
  return isCompiledQuery(compiled) ? compiled : null
}

type Run = CompiledQuery['query'] | NonNullable<CompiledQuery['subscribe']>

/** Without data no resolver has run, so the ordinary way can run safely and explain the error. */
async function runOr(run: Run, args: ExecutionArgs, ordinary: (args: ExecutionArgs) => unknown): Promise<unknown> {
  const result = await run(args.rootValue, args.contextValue, args.variableValues ?? {})
  return Symbol.asyncIterator in result || 'data' in result ? result : ordinary(args)
}
