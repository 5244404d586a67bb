import { GraphQLError, NoSchemaIntrospectionCustomRule, parse } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { limitDocuments } from '../graph/document-limits.js'
import { fault } from '../graph/fault.js'
import type { Settings } from '../settings.js'

/** graphql-js's own words, typo included. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/

/** Applies the limits on every transport, before anything runs. */
export function holdToLimits({
  documentLimits,
  documentTokensMax: tokensMax,
  introspection,
}: Pick<Settings, 'documentLimits' | 'documentTokensMax' | 'introspection'>): Plugin {
  const rule = limitDocuments(documentLimits)
  return {
    onParse({ setParseFn }) {
      setParseFn((source: Parameters<typeof parse>[0], options: Parameters<typeof parse>[1]) => {
        try {
          return parse(source, { ...options, maxTokens: tokensMax })
        } catch (error) {
          // The parser is recursive: its stack holds fewer levels than the tokens that are allowed.
          if (error instanceof RangeError) {
            throw fault('LIMIT_EXCEEDED', 'The document is nested too deeply to be read: ask for less at once.', {
              limit: documentLimits.depth,
              of: 'depth',
            })
          }
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
