import type { ServerResponse } from 'node:http'

interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string | Uint8Array
}

/** For HEAD, Node.js itself drops the body. */
export function sendBody(response: ServerResponse, { status, headers, body }: Answer): 'ANSWERED' {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
  return 'ANSWERED'
}

export function sendJson(response: ServerResponse, status: number, value: object): 'ANSWERED' {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return sendBody(response, { status, headers, body: JSON.stringify(value) })
}
