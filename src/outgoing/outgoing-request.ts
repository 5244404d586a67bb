export interface OutgoingRequest {
  method: 'GET' | 'POST'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
  timeoutMs: number
  /** Then the connection is cut. */
  readMaxBytes: number
  keptMaxBytes: number
  /** A status line that was read is an answer, whatever comes of the head behind it. */
  statusDecides?: boolean
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
