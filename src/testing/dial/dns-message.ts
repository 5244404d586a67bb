import ipaddr from 'ipaddr.js'

/** What a name server says to a question: the texts or addresses, a code of RFC 1035 §4.1.1, or nothing at all. */
export type DnsAnswer = readonly string[] | 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED' | 'SILENCE'
export type RecordType = 'A' | 'AAAA' | 'TXT'

export interface Question {
  name: string
  type: RecordType
}

const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const
const TYPES: Readonly<Record<number, RecordType>> = { 1: 'A', 28: 'AAAA', 16: 'TXT' }
const HEADER_BYTES = 12
const PIECE_MAX_BYTES = 255

export function readQuestion(query: Buffer): Question {
  const { name, end } = readName(query)
  return { name, type: TYPES[query.readUInt16BE(end - 4)] ?? 'TXT' }
}

/** Null where the server stays silent. */
export function answerMessage(query: Buffer, answer: DnsAnswer): Buffer | null {
  if (answer === 'SILENCE') return null
  const { end } = readName(query)
  if (typeof answer === 'string') return head(query, end, RCODES[answer], 0)
  const type = query.readUInt16BE(end - 4)
  return tell(query, end, type, answer.map(TYPES[type] === 'TXT' ? inPieces : bytesOf))
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (;;) {
    const length = query[at] ?? 0
    if (length === 0) return { name: labels.join('.').toLowerCase(), end: at + 5 }
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
}

function head(query: Buffer, end: number, rcode: number, answers: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  query.copy(header, 0, 0, 2)
  header.writeUInt16BE(0x8180 | rcode, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(answers, 6)
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end)])
}

const bytesOf = (address: string) => Buffer.from(ipaddr.parse(address).toByteArray())

function tell(query: Buffer, end: number, type: number, data: readonly Buffer[]): Buffer {
  const records = data.map((bytes) => {
    const record = Buffer.alloc(HEADER_BYTES)
    // The question's name again, by a pointer to it.
    record.writeUInt16BE(0xc00c, 0)
    record.writeUInt16BE(type, 2)
    record.writeUInt16BE(1, 4)
    record.writeUInt32BE(60, 6)
    record.writeUInt16BE(bytes.length, 10)
    return Buffer.concat([record, bytes])
  })
  return Buffer.concat([head(query, end, 0, data.length), ...records])
}

/** A text in pieces, each behind its length. */
function inPieces(text: string): Buffer {
  const pieces = Array.from({ length: Math.max(1, Math.ceil(text.length / PIECE_MAX_BYTES)) }, (_none, index) => {
    const piece = Buffer.from(text.slice(index * PIECE_MAX_BYTES, (index + 1) * PIECE_MAX_BYTES), 'latin1')
    return Buffer.concat([Buffer.from([piece.length]), piece])
  })
  return Buffer.concat(pieces)
}
