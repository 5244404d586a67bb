export interface OutgoingRequest {
  method: 'GET' | 'POST'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
  timeoutMs: number
  /** Then the connection is cut. */
  readMaxBytes: number
  keptMaxBytes: number
}

const OWN_HEADERS = {
  'user-agent': 'overlaps-hub',
  accept: '*/*',
  'accept-encoding': 'identity',
  connection: 'close',
}

export function headerLines({ host }: URL, { headers, body }: OutgoingRequest): string[] {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return Object.entries({ ...OWN_HEADERS, ...headers, host, ...length }).flat()
}
