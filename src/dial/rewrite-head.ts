/** An answer's head as a strict parser takes it, with what a browser would have made of it. */
export interface RewrittenHead {
  kind: 'head'
  text: string
}

export interface HeadFault {
  kind: 'fault'
  /** Names the header. */
  code: string
}

const STATUS_LINE = /^HTTP\/[\d.]*[ \t]+(\d{3})(?!\d)/i
/** RFC 9110 §5.6.2. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Null for what is no status line of HTTP/1. */
export function readStatusLine(line: string): number | null {
  const status = STATUS_LINE.exec(line)?.[1]
  return status === undefined ? null : Number(status)
}

/**
 * Of a head's characters, one for each byte. What no browser cares about goes: folds, lines that are no header, lengths
 * that are none or beside chunks. The connection is for this one request, so nothing can be smuggled into another.
 */
export function rewriteHead(httpStatus: number, head: string): RewrittenHead | HeadFault {
  const lines = unfold(head)
  const spoilt = lines.find((line) => line.includes('\0'))
  if (spoilt !== undefined) return invalid(spoilt.split(':')[0] ?? '')
  const headers = lines.flatMap(readHeader)
  const framing = readFraming(headers)
  if (framing === null) return invalid('content-length')
  const others = headers.filter(({ name }) => !FRAMING.has(name.toLowerCase()))
  const rewritten = [...others, ...framing].map(({ name, value }) => `${name}: ${value}\r\n`)
  return { kind: 'head', text: `HTTP/1.1 ${String(httpStatus).padStart(3, '0')} \r\n${rewritten.join('')}\r\n` }
}

interface Header {
  name: string
  value: string
}

const FRAMING = new Set(['content-length', 'transfer-encoding'])

/** The lines behind the first, each with what is folded below it. */
function unfold(head: string): string[] {
  const unfolded: string[] = []
  for (const line of head.split('\n').slice(1)) {
    if (/^[ \t]/.test(line)) unfolded.push(`${unfolded.pop()?.trimEnd() ?? ''} ${line.trim()}`)
    else unfolded.push(line)
  }
  return unfolded
}

function readHeader(line: string): Header[] {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(0, colon)).trim()
  const value = line.slice(colon + 1).trim()
  return NAME.test(name) ? [{ name, value: value.replaceAll('\r', ' ') }] : []
}

/** RFC 9112 §6.3; null where lengths contradict each other. */
function readFraming(headers: readonly Header[]): Header[] | null {
  const partsOf = (wanted: string) =>
    headers
      .filter(({ name }) => name.toLowerCase() === wanted)
      .flatMap(({ value }) => value.split(','))
      .map((part) => part.trim().toLowerCase())
  if (partsOf('transfer-encoding').includes('chunked')) return [{ name: 'transfer-encoding', value: 'chunked' }]
  const isLength = (part: string) => /^\d+$/.test(part) && Number.isSafeInteger(Number(part))
  const lengths = new Set(partsOf('content-length').filter(isLength).map(Number))
  if (lengths.size > 1) return null
  return [...lengths].map((length) => ({ name: 'content-length', value: String(length) }))
}

function invalid(name: string): HeadFault {
  return { kind: 'fault', code: `INVALID_HEADER_${name}` }
}
