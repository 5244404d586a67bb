import type { RequestListener } from 'node:http'
import { refuse, type Refusal } from '../http/refusal.js'
import { requestUrl } from '../http/request-url.js'
import { sendJson } from '../http/send-body.js'

const STARTING: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The hub is starting: try again in a few seconds.',
  headers: { 'retry-after': '1' },
}

/** Answers HTTP until the hub can: that the process runs, and that nothing else is there yet. */
export const answerWhileStarting: RequestListener = (request, response) => {
  if (requestUrl(request.url)?.pathname === '/healthz') sendJson(response, 200, { status: 'ok' })
  else refuse(response, STARTING)
}
