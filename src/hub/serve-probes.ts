import type { IncomingMessage, ServerResponse } from 'node:http'
import ipaddr from 'ipaddr.js'
import type { Metrics } from './metrics.js'
import type { OperatorToken } from '../access/operator-token.js'
import type { ReadinessProbe } from './readiness.js'

/** What other machines ask a hub about itself. */
export interface ProbeServer {
  /** Whether the path was one of these; then it is being answered. */
  serve(request: IncomingMessage, response: ServerResponse, path: string | null): boolean
}

interface ProbeParts {
  readiness: ReadinessProbe
  metrics: Metrics
  operatorToken: OperatorToken
}

/**
 * `/healthz`: the process runs. `/readyz`: it can do its work, else 503 and why. `/metrics`: for Prometheus, from this
 * machine or with the operator's token.
 */
export function createProbeServer({ readiness, metrics, operatorToken }: ProbeParts): ProbeServer {
  const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>> = {
    '/healthz': async (_request, response) => sendJson(response, 200, { status: 'ok' }),
    '/readyz': async (_request, response) => {
      const found = await readiness.look()
      sendJson(response, found.ready ? 200 : 503, found)
    },
    '/metrics': async (request, response) => {
      if (!mayReadMetrics(request, operatorToken)) {
        response.setHeader('www-authenticate', 'Bearer')
        return sendJson(response, 401, {
          message: 'Metrics are for this machine and for the operator: send `Authorization: Bearer <operator token>`.',
        })
      }
      const text = await metrics.text()
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text)
    },
  }
  return {
    serve(request, response, path) {
      const answer = path === null ? undefined : answers[path]
      if (!answer) return false
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD')
        sendJson(response, 405, { message: 'Only GET and HEAD are answered here.' })
      } else answer(request, response).catch(() => response.destroy())
      return true
    },
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

/** What comes through a proxy on this machine comes from somewhere else. */
function mayReadMetrics({ headers, socket }: IncomingMessage, operatorToken: OperatorToken): boolean {
  const token = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token !== undefined) return operatorToken.matches(token)
  const isForwarded = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined
  return !isForwarded && isLoopback(socket.remoteAddress)
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}
