import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { bodyFault, FOREIGN_ORIGIN, judgeOrigin } from '../http/judge-request.js'
import type { Refusal } from '../http/refusal.js'
import type { Route } from '../http/route.js'
import type { Settings } from '../settings.js'
import type { HubYoga } from './create-yoga.js'

type DocumentSettings = Pick<Settings, 'messageMaxBytes' | 'origins' | 'corsOrigins'>

/** No HEAD: a subscription would run on without being sent. */
export function documentRoute(settings: DocumentSettings, yoga: HubYoga): Route {
  const maxBytes = settings.messageMaxBytes
  return {
    path: '/graphql',
    methods: ['GET', 'POST'],
    audience: 'CALLERS',
    async serve({ request, response }) {
      const refusal = judgeDocument(request, settings)
      if (refusal) return refusal
      if (request.headers['transfer-encoding'] === undefined) {
        await yoga(request, response)
        return 'ANSWERED'
      }
      const body = await readBody(request, maxBytes)
      if (body === 'TOO_LARGE') return tooLarge(maxBytes)
      if (body === 'PEER_GONE') response.destroy()
      else await yoga(Object.assign(request, { body: Readable.from([body]) }), response)
      return 'ANSWERED'
    },
  }
}

function judgeDocument({ method, headers }: IncomingMessage, settings: DocumentSettings): Refusal | null {
  if (judgeOrigin(headers, settings) === 'FOREIGN') return FOREIGN_ORIGIN
  if (Number(headers['content-length'] ?? 0) > settings.messageMaxBytes) return tooLarge(settings.messageMaxBytes)
  return method === 'POST' ? bodyFault(headers) : null
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
