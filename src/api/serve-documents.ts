import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { bodyFault, FOREIGN_ORIGIN, judgeOrigin } from '../http/judge-request.js'
import { acceptsType, EVENT_STREAM } from '../http/negotiate.js'
import type { Refusal } from '../http/refusal.js'
import type { Route } from '../http/route.js'
import type { Settings } from '../settings.js'
import type { HubYoga } from './create-yoga.js'

type DocumentSettings = Pick<Settings, 'messageMaxBytes' | 'origins' | 'publicUrl' | 'corsOrigins'>

const MEDIA_TYPES = ['application/json', 'application/graphql-response+json', EVENT_STREAM]

const NOT_ACCEPTABLE: Refusal = {
  status: 406,
  code: 'BAD_USER_INPUT',
  message: `None of the types in Accept is supported: send one of ${MEDIA_TYPES.join(', ')}.`,
}

/** HEAD is answered as GET, but opens no subscription. */
export function documentRoute(settings: DocumentSettings, yoga: HubYoga): Route {
  const maxBytes = settings.messageMaxBytes
  return {
    path: '/graphql',
    methods: ['GET', 'HEAD', 'POST'],
    audience: 'CALLERS',
    async serve({ request, response }) {
      const refusal = judgeDocument(request, settings)
      if (refusal) return refusal
      const isHead = request.method === 'HEAD'
      // Yoga does not know HEAD; Node.js drops the body.
      if (isHead) request.method = 'GET'
      if (request.headers['transfer-encoding'] === undefined) {
        await yoga(request, response, { isHead })
        return 'ANSWERED'
      }
      const body = await readBody(request, maxBytes)
      if (body === 'TOO_LARGE') return tooLarge(maxBytes)
      if (body === 'PEER_GONE') response.destroy()
      else await yoga(Object.assign(request, { body: Readable.from([body]) }), response, { isHead })
      return 'ANSWERED'
    },
  }
}

function judgeDocument({ method, headers }: IncomingMessage, settings: DocumentSettings): Refusal | null {
  if (judgeOrigin(headers, settings) === 'FOREIGN') return FOREIGN_ORIGIN
  if (Number(headers['content-length'] ?? 0) > settings.messageMaxBytes) return tooLarge(settings.messageMaxBytes)
  const fault = method === 'POST' ? bodyFault(headers) : null
  if (fault) return fault
  return MEDIA_TYPES.some((type) => acceptsType(headers.accept, type)) ? null : NOT_ACCEPTABLE
}

/** The length may not be announced; nothing is read beyond the limit. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'TOO_LARGE' | 'PEER_GONE'> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    // Leaving a loop over the request itself would destroy the connection before it is answered.
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += (piece as Buffer).length
      if (bytes > maxBytes) return 'TOO_LARGE'
      pieces.push(piece as Buffer)
    }
  } catch {
    return 'PEER_GONE'
  }
  return Buffer.concat(pieces)
}

function tooLarge(maxBytes: number): Refusal {
  const message = `The body is larger than ${maxBytes} bytes: send less in one request.`
  return { status: 413, code: 'BAD_USER_INPUT', message }
}
