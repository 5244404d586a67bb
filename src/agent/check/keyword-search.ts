/** Looks for a keyword in bytes as they come, holding no more of them than the keyword is long. */
export interface KeywordSearch {
  add(chunk: Buffer): void
  isFound(): boolean
}

export function searchKeyword(keyword: string): KeywordSearch {
  const needle = Buffer.from(keyword, 'utf8')
  let found = false
  let tail = Buffer.alloc(0)
  return {
    add(chunk) {
      if (found) return
      const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
      found = bytes.includes(needle)
      // Copied, or one byte would keep the whole chunk it lies in.
      tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - needle.length + 1)))
    },
    isFound: () => found,
  }
}
