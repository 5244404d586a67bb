import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import { readBearer } from '../access/authenticate.js'
import type { OperatorToken } from '../access/operator-token.js'
import type { Refusal } from '../http/refusal.js'
import { READ, type Route } from '../http/route.js'
import { sendBody, sendJson } from '../http/send-body.js'
import type { Metrics } from './metrics.js'
import type { ReadinessProbe } from './readiness.js'

interface ProbeParts {
  readiness: ReadinessProbe
  metrics: Metrics
  operatorToken: OperatorToken
}

const NO_METRICS: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'Metrics are for this machine and for the operator: send `Authorization: Bearer <operator token>`.',
  headers: { 'www-authenticate': 'Bearer' },
}

/** `/healthz`: the process runs. `/readyz`: it can work, else 503. `/metrics`: this machine or operator token only. */
export function probeRoutes({ readiness, metrics, operatorToken }: ProbeParts): readonly Route[] {
  return [
    {
      path: '/healthz',
      methods: READ,
      audience: 'EVERYBODY',
      serve: ({ response }) => sendJson(response, 200, { status: 'ok' }),
    },
    {
      path: '/readyz',
      methods: READ,
      audience: 'EVERYBODY',
      async serve({ response }) {
        const found = await readiness.look()
        return sendJson(response, found.ready ? 200 : 503, found)
      },
    },
    {
      path: '/metrics',
      methods: READ,
      audience: 'OPERATORS',
      async serve({ request, response }) {
        if (!mayReadMetrics(request, operatorToken)) return NO_METRICS
        const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
        return sendBody(response, { status: 200, headers, body: await metrics.text() })
      },
    },
  ]
}

/** What comes through a proxy on this machine comes from elsewhere. */
function mayReadMetrics({ headers, socket }: IncomingMessage, operatorToken: OperatorToken): boolean {
  const token = readBearer(headers.authorization ?? '')
  if (token !== undefined) return operatorToken.matches(token)
  const isForwarded = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined
  return !isForwarded && isLoopback(socket.remoteAddress)
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}
