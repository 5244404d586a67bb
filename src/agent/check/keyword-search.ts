import { findCharset, UNREADABLE } from './body-charset.js'

/** Looks for a keyword in the text of unpacked bytes, as they come, in a bounded window. */
export interface KeywordSearch {
  add(bytes: Buffer): void
  /** Null when the text cannot be read. */
  isFound(): boolean | null
}

/** Searching each piece alone would let single bytes cost the agent far more than the server. */
const WINDOW_BYTES = 16 * 1024

export function searchKeyword(keyword: string, contentType: string | undefined): KeywordSearch {
  const window = Buffer.allocUnsafe(WINDOW_BYTES)
  let used = 0
  let readers: TextReader[] | undefined
  const search = () => {
    const bytes = window.subarray(0, used)
    readers ??= readersFor(bytes, keyword, contentType)
    for (const reader of readers) reader.read(bytes)
    used = 0
  }
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length;) {
        const copied = bytes.copy(window, used, at)
        used += copied
        at += copied
        if (used === window.length) search()
      }
    },
    isFound() {
      if (used > 0) search()
      if (readers === undefined) return false
      return readers.find((reader) => !reader.isBroken())?.isFound() ?? null
    },
  }
}

interface TextReader {
  read(bytes: Buffer): void
  isFound(): boolean
  /** The bytes are none of this encoding. */
  isBroken(): boolean
}

/** Where nothing says how to read it, it is UTF-8 if it can be, otherwise what browsers take it for in the west. */
function readersFor(start: Buffer, keyword: string, contentType: string | undefined): TextReader[] {
  const charset = findCharset(start, contentType)
  if (charset === UNREADABLE) return []
  if (charset !== null) return [readText(new TextDecoder(charset), keyword)]
  return [readText(new TextDecoder('utf-8', { fatal: true }), keyword), readText(new TextDecoder('latin1'), keyword)]
}

function readText(decoder: TextDecoder, keyword: string): TextReader {
  let tail = ''
  let isFound = false
  let isBroken = false
  return {
    read(bytes) {
      if (isBroken) return
      try {
        // Never to its end: the cap may cut a letter in two. Without `stream`, Node reads windows-1252 wrongly.
        const text = tail + decoder.decode(bytes, { stream: true })
        isFound ||= text.includes(keyword)
        tail = keyword.length > 1 ? text.slice(1 - keyword.length) : ''
      } catch {
        isBroken = true
      }
    },
    isFound: () => isFound,
    isBroken: () => isBroken,
  }
}
