import { type DocumentNode, GraphQLError, type GraphQLSchema, type validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { fault } from '../graph/fault.js'
import { measureMerging } from '../graph/merge-work.js'
import { KNOWN_DOCUMENTS_MAX_CHARACTERS, VALIDATION_ERRORS_MAX } from '../limits.js'
import type { TransportContext } from './caller.js'

/** Characters, and pairs of fields, that cost as much to check as one field costs to resolve. */
const CHARACTERS_PER_COST = 100
const PAIRS_PER_COST = 10

/**
 * Checks each document once, and in time that is known before: what has been found sound is kept, within a bound, and of
 * what has not, nothing is. Yoga's own cache keeps errors, whose unread stacks hold all that a rule had in its hands.
 */
export function checkDocuments(): Plugin<TransportContext, TransportContext> {
  const known = new LRUCache<string, DocumentNode>({
    maxSize: KNOWN_DOCUMENTS_MAX_CHARACTERS,
    sizeCalculation: (_document, text) => text.length + 1,
  })
  const sound = new WeakSet<DocumentNode>()
  return {
    onParse({ params: { source }, setParsedDocument }) {
      const document = known.get(textOf(source))
      if (document) setParsedDocument(document)
    },
    onValidate({ context: { caller }, params: { documentAST }, setResult, validateFn, setValidationFn }) {
      const document = documentAST as DocumentNode
      if (sound.has(document)) {
        setResult([])
        return undefined
      }
      const error = measure(document, (cost) => {
        if (caller) caller.checkingCost = cost
      })
      if (error) {
        setResult([error])
        return undefined
      }
      setValidationFn(withinStack(validateFn as typeof validate))
      return ({ valid }) => {
        if (!valid) return
        sound.add(document)
        const text = document.loc?.source.body
        if (text !== undefined) known.set(text, document)
      }
    },
  }
}

function textOf(source: string | { body: string }): string {
  return typeof source === 'string' ? source : source.body
}

/** What is wrong with a document before its validation, which else costs what `onCost` is told. */
function measure(document: DocumentNode, onCost: (cost: number) => void): GraphQLError | null {
  const characters = document.loc?.source.body.length ?? 0
  onCost(Math.ceil(characters / CHARACTERS_PER_COST))
  try {
    const { pairs } = measureMerging(document)
    onCost(Math.ceil(characters / CHARACTERS_PER_COST + pairs / PAIRS_PER_COST))
    return null
  } catch (error) {
    if (error instanceof GraphQLError) return error
    if (error instanceof RangeError) return tooDeep()
    throw error
  }
}

/** Rules call themselves, and so may come to the end of the stack. */
function withinStack(validateFn: typeof validate): typeof validate {
  return (schema: GraphQLSchema, document: DocumentNode, rules, options, typeInfo) => {
    try {
      return validateFn(schema, document, rules, { ...options, maxErrors: VALIDATION_ERRORS_MAX }, typeInfo)
    } catch (error) {
      if (error instanceof RangeError) return [tooDeep()]
      throw error
    }
  }
}

function tooDeep(): GraphQLError {
  return fault('LIMIT_EXCEEDED', 'The document is nested too deeply to be checked: ask for less at once.', {
    of: 'depth',
  })
}
