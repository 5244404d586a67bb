import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { fault } from '../graph/fault.js'
import type { Settings } from '../settings.js'
import { withoutSuggestion } from './hide-suggestions.js'
import { placed } from './placed-error.js'

/** The same faults on every transport, without suggestions from a schema that is not to be read. */
export function nameFaults({ introspection }: Pick<Settings, 'introspection'>): Plugin {
  return {
    onParse({ context }) {
      return ({ result }) => {
        // Every transport has them, but Yoga's type knows only HTTP's.
        const { params } = context as { params?: { operationName?: string | null } }
        if (result === null || !('kind' in result) || getOperationAST(result, params?.operationName)) return
        throw fault(
          'BAD_USER_INPUT',
          'Which operation to run is not known: send a document with one operation, or name one of it as `operationName`.',
          { http: { status: 400 } },
        )
      }
    },
    onValidate() {
      return ({ result, setResult }) => {
        if (introspection) return
        setResult(result.map((error) => placed(error, withoutSuggestion(error.message), error.extensions)))
      }
    },
  }
}
