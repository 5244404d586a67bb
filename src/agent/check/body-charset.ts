/** Instead of an encoding: that which is named is none that browsers read, or none that Node does. */
export const UNREADABLE = 'unreadable'

/** The encoding standard's prescan looks no further. */
const PRESCAN_BYTES = 1024
const BYTE_ORDER_MARKS: readonly [bytes: readonly number[], label: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]
/** Of the encoding standard, and not of Node's `TextDecoder`. */
const UNREADABLE_LABELS = new Set(
  'replacement iso-2022-kr csiso2022kr iso-2022-cn iso-2022-cn-ext hz-gb-2312 iso-8859-16 x-user-defined'.split(' '),
)
const UTF_16_NULS_LEAST = 0.2

/** The WHATWG encoding of a body, or null where nothing names one: by the byte order mark, then the header, then what an HTML or XML page says of itself; `start` is its first kilobyte. */
export function findCharset(start: Buffer, contentType: string | undefined): string | null {
  const mark = BYTE_ORDER_MARKS.find(([bytes]) => bytes.every((byte, index) => start[index] === byte))
  if (mark !== undefined) return mark[1]
  const ofHeader = readLabel(/charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType ?? ''))
  if (ofHeader !== null) return ofHeader
  if (contentType === undefined || /html|xml/i.test(contentType)) {
    const ofPage = readLabel(findPageLabel(start.toString('latin1', 0, PRESCAN_BYTES)))
    // What can be read as ASCII so far is no UTF-16.
    if (ofPage !== null) return ofPage.startsWith('utf-16') ? 'utf-8' : ofPage
  }
  return findUtf16(start.subarray(0, PRESCAN_BYTES))
}

function readLabel(match: RegExpExecArray | null): string | null {
  const label = match?.[1]?.toLowerCase()
  if (label === undefined) return null
  if (UNREADABLE_LABELS.has(label)) return UNREADABLE
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null
  }
}

function findPageLabel(start: string): RegExpExecArray | null {
  const page = start.replaceAll(/<!--[^]*?(?:-->|$)/g, '')
  return (
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'\s]+)/i.exec(page) ??
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(page)
  )
}

/** Latin text in UTF-16 has a NUL in every other byte. */
function findUtf16(start: Buffer): 'utf-16be' | 'utf-16le' | null {
  const nuls = [0, 0]
  for (const [index, byte] of start.entries()) if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = nuls
  if (Math.max(even, odd) < (start.length / 2) * UTF_16_NULS_LEAST || even === odd) return null
  return even > odd ? 'utf-16be' : 'utf-16le'
}
