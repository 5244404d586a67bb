import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { fault, type FaultCode } from '../graph/fault.js'
import { acceptsType, EVENT_STREAM } from '../http/negotiate.js'
import { ASK_FOR_TOKEN, statusOf } from '../http/refusal.js'
import type { TransportContext } from './caller.js'
import { placed } from './placed-error.js'
import { isPersistedOnly, readQueryParameters } from './read-parameters.js'

/** As `application/json` these have status 200: older clients take others for a failed connection. */
const OF_DOCUMENTS = new Set<unknown>([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'LIMIT_EXCEEDED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] satisfies FaultCode[])

const ONLY_AS_STREAM = fault(
  'BAD_USER_INPUT',
  'A subscription is answered with a stream of events: send `Accept: text/event-stream`, or open a WebSocket.',
  { http: { status: 406 } },
)
/** Apollo's own words, at which clients send the document. */
const NOT_PERSISTED = fault('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')

/** What only HTTP needs: parameters in URLs, statuses, headers, HEAD. */
export function answerOverHttp(): Plugin<TransportContext, TransportContext> {
  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method === 'GET') setRequestParser(({ url }) => readQueryParameters(url))
    },
    onParams({ params }) {
      if (isPersistedOnly(params)) throw NOT_PERSISTED
    },
    onSubscribe({ args: { contextValue }, setSubscribeFn }) {
      const { req, isHead } = contextValue
      if (!req) return
      if (!acceptsType(req.headers.accept, EVENT_STREAM)) setSubscribeFn(() => ({ errors: [ONLY_AS_STREAM] }))
      else if (isHead) setSubscribeFn(noEvents)
    },
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return
      const { data, errors } = result as ExecutionResult
      if (data === undefined && errors) setResult({ ...result, errors: errors.map(withStatus) })
    },
    onResponse({ response: { headers }, serverContext: { res } }) {
      const isStream = headers.get('content-type')?.startsWith(EVENT_STREAM) ?? false
      headers.set('cache-control', isStream ? 'no-store, no-transform' : 'no-store')
      const vary = [res?.getHeader('vary'), 'accept', 'authorization'].filter((one) => one !== undefined)
      headers.set('vary', vary.join(', '))
      // nginx would buffer events.
      if (isStream) headers.set('x-accel-buffering', 'no')
    },
  }
}

async function* noEvents() {}

/** A result without data has failed. */
function withStatus(error: GraphQLError): GraphQLError {
  const { code, http = {} } = error.extensions as { code: FaultCode; http?: HttpExtensions }
  const status = http.status ?? statusOf(code)
  const spec = http.spec ?? (http.status === undefined && (error.path !== undefined || OF_DOCUMENTS.has(code)))
  const headers = { ...(status === 401 && ASK_FOR_TOKEN), ...http.headers }
  return placed(error, error.message, { ...error.extensions, http: { status, spec, headers } })
}

/** As Yoga reads them; `spec` keeps `application/json` at 200. */
interface HttpExtensions {
  status?: number
  spec?: boolean
  headers?: Record<string, string>
}
