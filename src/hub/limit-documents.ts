import { GraphQLError, NoSchemaIntrospectionCustomRule, parse } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type DocumentLimits, limitDocuments } from '../graph/document-limits.js'
import { fault } from '../graph/fault.js'

/** graphql-js's own words, with its own slip. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/

/** Holds every document of every transport to the limits, before it is validated or run. */
export function limitsOnDocuments({
  limits,
  tokensMax,
  introspection,
}: {
  limits: DocumentLimits
  /** A parser calls itself for every brace: this bounds how deep, too. */
  tokensMax: number
  introspection: boolean
}): Plugin {
  const rule = limitDocuments(limits)
  return {
    onParse({ setParseFn }) {
      setParseFn((source: Parameters<typeof parse>[0], options: Parameters<typeof parse>[1]) => {
        try {
          return parse(source, { ...options, maxTokens: tokensMax })
        } catch (error) {
          if (!(error instanceof GraphQLError) || !TOO_MANY_TOKENS.test(error.message)) throw error
          throw fault('LIMIT_EXCEEDED', `The document has more than ${tokensMax} tokens: ask for less at once.`, {
            limit: tokensMax,
            of: 'tokens',
          })
        }
      })
    },
    onValidate({ addValidationRule }) {
      addValidationRule(rule)
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule)
    },
  }
}
