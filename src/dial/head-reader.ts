import { HEAD_MAX_BYTES } from './limits.js'
import { readStatusLine, rewriteHead } from './rewrite-head.js'

/** Rewrites the heads in what a server sends; every byte is looked at once. */
export interface HeadReader {
  /** What a parser is to read, or a fault with a code. */
  read(chunk: Buffer): Buffer | HeadError
}

export interface HeadError extends Error {
  code: string
}

const LF = 10
const CR = 13
/** Before a head also the bytes of a byte order mark. */
const BLANKS = new Set([9, LF, CR, 32, 0xef, 0xbb, 0xbf])
const PROTOCOL_NAME = 'HTTP/'
const SWITCHING_PROTOCOLS = 101

/** `onStatus` hears of the final answer's status as soon as its line is there. */
export function createHeadReader(onStatus: (httpStatus: number) => void): HeadReader {
  let isHead = true
  let head = startHead()
  return {
    read(chunk) {
      const ready: Buffer[] = []
      let rest = chunk
      while (isHead && rest.length > 0) {
        const end = head.add(rest)
        rest = rest.subarray(end.taken)
        if (end.kind === 'MORE') break
        if (end.kind === 'STATUS') {
          if (end.httpStatus >= 200) onStatus(end.httpStatus)
          continue
        }
        if (end.kind === 'TOO_LARGE') return headError('HPE_HEADER_OVERFLOW')
        const { bytes, httpStatus } = end
        head = startHead()
        isHead = httpStatus !== null && !isFinal(httpStatus)
        // Node's parser says best what is wrong with another protocol.
        const rewritten = httpStatus === null ? null : rewriteHead(httpStatus, bytes.toString('latin1'))
        if (rewritten?.kind === 'fault') return headError(rewritten.code)
        ready.push(rewritten === null ? bytes : Buffer.from(rewritten.text, 'latin1'))
      }
      if (!isHead && ready.length === 0) return rest
      return Buffer.concat(isHead ? ready : [...ready, rest])
    },
  }
}

/** An interim answer has another head behind it. */
function isFinal(httpStatus: number): boolean {
  return httpStatus < 100 || httpStatus >= 200 || httpStatus === SWITCHING_PROTOCOLS
}

function headError(code: string): HeadError {
  return Object.assign(new Error('a head that cannot be read'), { code })
}

type HeadEnd = { taken: number } & (
  | { kind: 'MORE' }
  | { kind: 'STATUS'; httpStatus: number }
  | { kind: 'TOO_LARGE' }
  | { kind: 'WHOLE'; bytes: Buffer; httpStatus: number | null }
)

function startHead() {
  const pieces: Buffer[] = []
  let size = 0
  let lineLength = 0
  let firstLine = ''
  let httpStatus: number | null = null

  const take = (bytes: Buffer) => {
    pieces.push(bytes)
    size += bytes.length
    return bytes.length
  }
  /** Of the first line and the blanks before it; true when it is none of HTTP. */
  const addToFirstLine = (byte: number) => {
    if (firstLine !== '' || !BLANKS.has(byte)) firstLine += String.fromCharCode(byte)
    if (firstLine.length > PROTOCOL_NAME.length) return false
    const begin = firstLine.slice(0, PROTOCOL_NAME.length).toUpperCase()
    return !PROTOCOL_NAME.startsWith(begin)
  }
  return {
    add(chunk: Buffer): HeadEnd {
      let index = -1
      for (const byte of chunk) {
        index += 1
        if (size + index >= HEAD_MAX_BYTES) return { kind: 'TOO_LARGE', taken: index }
        const isStatusLine = httpStatus === null
        const isEnd = byte === LF && (isStatusLine ? firstLine !== '' : lineLength === 0)
        if (isStatusLine && !isEnd && addToFirstLine(byte)) return other(chunk)
        if (byte === LF) lineLength = 0
        else if (byte !== CR) lineLength += 1
        if (!isEnd) continue
        const taken = take(chunk.subarray(0, index + 1))
        if (!isStatusLine) return { kind: 'WHOLE', bytes: wholeHead(), httpStatus, taken }
        httpStatus = readStatusLine(firstLine)
        if (httpStatus === null) return { kind: 'WHOLE', bytes: wholeHead(), httpStatus, taken }
        return { kind: 'STATUS', httpStatus, taken }
      }
      return { kind: 'MORE', taken: take(chunk) }
    },
  }

  function other(chunk: Buffer): HeadEnd {
    return { kind: 'WHOLE', taken: take(chunk), bytes: wholeHead(), httpStatus: null }
  }

  /** Without the blanks before it. */
  function wholeHead(): Buffer {
    const bytes = Buffer.concat(pieces)
    return bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((byte) => !BLANKS.has(byte)),
      ),
    )
  }
}
