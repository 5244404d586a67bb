import type { IncomingHttpHeaders } from 'node:http'
import { searchKeyword } from './keyword-search.js'
import { createUnpacker } from './unpack-body.js'

export type KeywordSeen = 'FOUND' | 'MISSING' | 'UNREADABLE'

/** Reads a body for a keyword: unpacked, decoded, within the cap. */
export interface KeywordReader {
  add(piece: Buffer): void
  /** `isWhole`: the body ended by itself. The first call counts. */
  end(isWhole: boolean): Promise<KeywordSeen>
  destroy(): void
}

export function readKeyword(keyword: string, headers: IncomingHttpHeaders): KeywordReader {
  const search = searchKeyword(keyword, headers['content-type'])
  const unpacker = createUnpacker(headers['content-encoding'], search.add)
  let ended: Promise<KeywordSeen> | undefined
  const end = async (isWhole: boolean): Promise<KeywordSeen> => {
    const isReadable = await unpacker.end(isWhole)
    const isFound = isReadable ? search.isFound() : null
    if (isFound === null) return 'UNREADABLE'
    return isFound ? 'FOUND' : 'MISSING'
  }
  return { add: unpacker.add, end: (isWhole) => (ended ??= end(isWhole)), destroy: unpacker.destroy }
}
