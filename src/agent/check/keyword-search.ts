/** Looks for a keyword in bytes as they come, in a bounded window. */
export interface KeywordSearch {
  add(chunk: Buffer): void
  isFound(): boolean
}

/** Searching each piece alone would let single bytes cost the agent far more than the server. */
const WINDOW_BYTES = 16 * 1024

export function searchKeyword(keyword: string): KeywordSearch {
  const needle = Buffer.from(keyword, 'utf8')
  // The keyword's possible beginning stays in front of the next bytes.
  const window = Buffer.allocUnsafe(needle.length - 1 + WINDOW_BYTES)
  let used = 0
  let searched = 0
  let found = false
  const search = () => {
    if (found || searched === used) return
    found = window.subarray(0, used).includes(needle)
    searched = used
  }
  const makeRoom = () => {
    search()
    const kept = Math.min(used, needle.length - 1)
    window.copyWithin(0, used - kept, used)
    used = kept
    searched = kept
  }
  return {
    add(chunk) {
      if (found) return
      for (let at = 0; at < chunk.length;) {
        if (used === window.length) makeRoom()
        const copied = chunk.copy(window, used, at)
        used += copied
        at += copied
      }
    },
    isFound() {
      search()
      return found
    },
  }
}
