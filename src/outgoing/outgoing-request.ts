export interface OutgoingRequest {
  method: 'GET' | 'POST'
  url: string
  /** Beside those that every request has. */
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Milliseconds from the name's look-up to the last byte of the answer. */
  timeoutMs: number
  /** Bytes of the answer's body that are read; then the connection is cut. */
  readMaxBytes: number
  /** Of them, those that are kept. */
  keptMaxBytes: number
}

const OWN_HEADERS = {
  'user-agent': 'overlaps-hub',
  accept: '*/*',
  'accept-encoding': 'identity',
  connection: 'close',
}

/** All headers of a request, name and value by turns. */
export function headerLines({ host }: URL, { headers, body }: OutgoingRequest): string[] {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return Object.entries({ ...OWN_HEADERS, ...headers, host, ...length }).flat()
}
